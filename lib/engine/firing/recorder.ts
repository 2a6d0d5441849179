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

/** Most outcomes that are sent to the store at once. */
const MOST_OUTCOMES = 1000;

/**
 * Records outcomes in batches: whatever has ended while one batch was on its way makes the next. So a lone outcome
 * goes out at once, and under load many share a transaction.
 */
export class Recorder {
  private pending: SettledAttempt[] = [];
  private flushing: Promise<void> | null = null;

  /**
   * @param soon calls back after everything that is ready to run has run
   * @param finish records the outcomes of one node, for as long as it takes
   * @param onRecorded told of each outcome; `false`: the claim was superseded and nothing was recorded
   */
  constructor(
    private readonly soon: (callback: () => void) => void,
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
      // Told by idle(), to whom it matters.
      this.flushing.catch(() => {});
    }
  }

  /** Resolves when nothing is left to record; rejects when the store was given up. */
  async idle(): Promise<void> {
    while (this.flushing) {
      await this.flushing;
    }
  }

  private async flush(): Promise<void> {
    try {
      // Handlers that end in the same breath share the first batch too.
      await new Promise<void>((resolve) => this.soon(resolve));
      while (this.pending.length > 0) {
        const batch = this.takeBatch();
        const nodeId = batch[0]?.attempt.nodeId ?? '';
        const reply = await this.finish(nodeId, batch.map(toOutcome));
        batch.forEach((settled, index) => this.onRecorded(settled, reply.recorded[index] ?? false));
        if (reply.nextReadyAt !== null) {
          this.onFreed(reply.nextReadyAt);
        }
      }
    } finally {
      this.flushing = null;
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

function toOutcome({ attempt, settlement, startedAt, finishedAt }: SettledAttempt): RunOutcome {
  return { ...attempt.fence, startedAt, finishedAt, ...settlement };
}
