import type { FinishReply, RunOutcome } from '../../core/job-store.js';
import type { Attempt, Settlement } from './attempt.js';

/** An attempt that has ended and is not on record yet. */
export interface SettledAttempt {
  readonly attempt: Attempt;
  readonly settlement: Settlement;
  /** By the store's clock, whole milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** How long to wait before asking again about a run that a transaction of the application holds. */
const ASK_AGAIN_MS = 250;

/** Most outcomes that are sent to the store at once. */
const MOST_OUTCOMES = 1000;

/**
 * Records outcomes in batches: whatever has ended while one batch was on its way makes the next. So a lone outcome
 * goes out at once, and under load many share a transaction.
 */
export class Recorder {
  private pending: SettledAttempt[] = [];
  private flushing: Promise<void> | null = null;
  private closed = false;

  /**
   * @param after calls back after so many milliseconds; 0: after everything that is ready to run has run
   * @param finish records the outcomes of one node, for as long as it takes
   * @param onRecorded told of each outcome; `false`: the claim was superseded and nothing was recorded
   */
  constructor(
    private readonly after: (ms: number, callback: () => void) => void,
    private readonly finish: (
      nodeId: string,
      outcomes: readonly RunOutcome[],
    ) => Promise<FinishReply>,
    private readonly onRecorded: (settled: SettledAttempt, recorded: boolean) => void,
    private readonly onFreed: (readyAt: number) => void,
  ) {}

  add(settled: SettledAttempt): void {
    this.pending.push(settled);
    if (!this.flushing) {
      this.flushing = this.flush();
      // Told by close(), to whom it matters.
      this.flushing.catch(() => {});
    }
  }

  /**
   * Resolves when nothing is left to record but what transactions of the application hold, which is given up; rejects
   * when the store was given up.
   */
  async close(): Promise<void> {
    this.closed = true;
    while (this.flushing) {
      await this.flushing;
    }
  }

  private async flush(): Promise<void> {
    try {
      // Handlers that end in the same breath share the first batch too.
      await new Promise<void>((resolve) => this.after(0, resolve));
      while (this.pending.length > 0) {
        const batch = this.takeBatch();
        const nodeId = batch[0]?.attempt.nodeId ?? '';
        const reply = await this.finish(nodeId, batch.map(toOutcome));
        batch.forEach((settled, index) => this.answered(settled, reply.recorded[index]));
        if (reply.nextReadyAt !== null) {
          this.onFreed(reply.nextReadyAt);
        }
      }
    } finally {
      this.flushing = null;
    }
  }

  private answered(settled: SettledAttempt, recorded: boolean | null | undefined): void {
    if (recorded !== null) {
      this.onRecorded(settled, recorded ?? false);
    } else if (!this.closed) {
      this.after(ASK_AGAIN_MS, () => this.addUnlessClosed(settled));
    }
  }

  private addUnlessClosed(settled: SettledAttempt): void {
    if (!this.closed) {
      this.add(settled);
    }
  }

  /** The oldest outcomes of one node. Usually there is but one: a process becomes another after it lost its lease. */
  private takeBatch(): SettledAttempt[] {
    const nodeId = this.pending[0]?.attempt.nodeId;
    const end = this.pending.findIndex(({ attempt }) => attempt.nodeId !== nodeId);
    const size = Math.min(end === -1 ? this.pending.length : end, MOST_OUTCOMES);
    return this.pending.splice(0, size);
  }
}

/** Field by field: this is done for every run, and spreading costs ten times as much. */
function toOutcome({ attempt, settlement, startedAt, finishedAt }: SettledAttempt): RunOutcome {
  return {
    jobUid: attempt.run.jobUid,
    scheduledAt: attempt.run.scheduledAt,
    seq: attempt.run.seq,
    claim: attempt.run.claim,
    state: settlement.state,
    startedAt,
    finishedAt,
    result: settlement.result,
    error: settlement.error,
    reason: settlement.reason,
  };
}
