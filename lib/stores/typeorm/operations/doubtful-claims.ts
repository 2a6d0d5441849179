import type { RunFence } from '../../../core/job-store.js';
import { isDatabaseError } from '../connection/database-error.js';
import type { Database } from '../connection/database.js';
import { releaseRuns } from '../statements/release-runs.js';

/**
 * Claims whose commit was never confirmed, because the connection broke under it. If they were committed, the node
 * holds runs that it does not know of: they are given back as soon as the database answers again.
 */
export class DoubtfulClaims {
  private readonly byNode = new Map<string, RunFence[]>();

  constructor(private readonly database: Database) {}

  /** Takes note of claims in case `error` leaves open what became of them. */
  note(nodeId: string, fences: readonly RunFence[], error: unknown): void {
    if (fences.length > 0 && !isDatabaseError(error)) {
      this.byNode.set(nodeId, [...(this.byNode.get(nodeId) ?? []), ...fences]);
    }
  }

  /** Settles the node's claims that are in doubt. */
  async settle(nodeId: string): Promise<void> {
    const fences = this.byNode.get(nodeId);
    if (fences) {
      await this.database.session((session) => releaseRuns(session, nodeId, fences));
      this.byNode.delete(nodeId);
    }
  }
}
