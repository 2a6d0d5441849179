import type { RunOutcome } from '../../../core/job-store.js';
import type { Database } from '../connection/database.js';
import { expectEnd } from '../statements/expect-end.js';
import type { FinishedRuns } from '../statements/finish-runs.js';
import { recordOutcomes } from './record-outcomes.js';
import { lockEndedRuns } from '../statements/lock-ended-runs.js';
import type { JobWrites } from './job-writes.js';

/** What became of outcomes, by their places. */
export interface SettledRuns extends FinishedRuns {
  /** Those of runs whose transactions have not ended. */
  readonly open: ReadonlySet<number>;
}

/** Runs that handlers of this process complete in transactions of their own. */
export class Completions {
  /** Claims of runs that such a transaction may have locked. */
  private readonly claims = new Set<number>();

  constructor(
    private readonly database: Database,
    private readonly writes: JobWrites,
  ) {}

  /**
   * Records an outcome in the caller's transaction. The run is marked before, apart from it: once it is locked, a fire
   * could not mark it without waiting for the caller's commit.
   */
  async complete(nodeId: string, outcome: RunOutcome, manager: unknown): Promise<boolean> {
    await this.database.session((session) => expectEnd(session, nodeId, outcome));
    this.claims.add(outcome.claim);
    // Without a manager it is refused as any other that is no transaction.
    return this.writes.write({ manager: manager ?? null }, async (session) => {
      const { places } = await recordOutcomes(session, nodeId, [outcome]);
      return places.length === 1;
    });
  }

  isConcerned({ claim }: RunOutcome): boolean {
    return this.claims.has(claim);
  }

  /** Records what the handlers of such runs said in the end, where their transactions were rolled back. */
  async settle(nodeId: string, outcomes: readonly RunOutcome[]): Promise<SettledRuns> {
    const settled = await this.database.transaction(async (session) => {
      const open = await lockEndedRuns(session, outcomes);
      const free = [...outcomes.keys()].filter((place) => !open.has(place));
      const finished = await recordOutcomes(
        session,
        nodeId,
        free.flatMap((place) => outcomes[place] ?? []),
      );
      return { ...finished, places: finished.places.flatMap((place) => free[place] ?? []), open };
    });
    for (const [place, { claim }] of outcomes.entries()) {
      if (!settled.open.has(place)) {
        this.claims.delete(claim);
      }
    }
    return settled;
  }
}
