import type { RunFence } from '../../../core/job-store.js';
import type { Database } from '../connection/database.js';
import { lockFreeJobs } from '../statements/lock-free-jobs.js';
import { promoteRuns } from '../statements/promote-runs.js';
import { giveBack } from './give-back.js';

/**
 * What could not be done at once, because an edit that is not committed yet has locked it. It may be part of a long
 * transaction of the application, and nothing here waits for that: it is tried again with each beat of the node.
 *
 * Should the process die first, whoever reaps it does all of it.
 */
export class DeferredWork {
  private readonly unpromoted = new Set<string>();
  private readonly blocked = new Map<RunFence, string>();

  constructor(private readonly database: Database) {}

  /** Frees the runs of these jobs that wait behind others: now if it can be, otherwise later. */
  async promote(uids: readonly string[]): Promise<number | null> {
    uids.forEach((uid) => this.unpromoted.add(uid));
    if (this.unpromoted.size === 0) {
      return null;
    }
    const wanted = [...this.unpromoted];
    const { free, nextReadyAt } = await this.database.transaction(async (session) => {
      const locked = await lockFreeJobs(session, wanted);
      return { free: locked, nextReadyAt: await promoteRuns(session, [...locked]) };
    });
    free.forEach((uid) => this.unpromoted.delete(uid));
    return nextReadyAt;
  }

  /** Gives back runs that were to start while somebody had them locked, unless they are gone by then. */
  giveBackLater(nodeId: string, fences: readonly RunFence[]): void {
    fences.forEach((fence) => this.blocked.set(fence, nodeId));
  }

  /** Tries again what was put off. */
  async resume(): Promise<void> {
    for (const [fence, nodeId] of this.blocked) {
      const left = await this.database.transaction((session) => giveBack(session, nodeId, [fence]));
      if (left.length === 0) {
        this.blocked.delete(fence);
      }
    }
    await this.promote([]);
  }
}
