import type { Clock } from '../../core/clock.js';
import type { JobStore } from '../../core/job-store.js';
import type { Attempt, Settlement } from '../firing/attempt.js';
import type { SettledAttempt } from '../firing/recorder.js';
import { Recorder } from '../firing/recorder.js';
import type { HeldAttempts } from './held-attempts.js';
import type { NodeReporter } from './node-reporter.js';
import type { OutageGuard } from './outage-guard.js';
import type { StoreTime } from './store-time.js';

/** What a handler says of its attempt when it completes it. */
const COMPLETED: Settlement = { state: 'succeeded', result: null, error: null, reason: null };

/** Sees to it that what has become of attempts is put on record, and then told. */
export class Outcomes {
  private readonly recorder: Recorder;

  /** @param onFreed told when a run that waited behind others may begin */
  constructor(
    private readonly store: JobStore,
    clock: Clock,
    private readonly time: StoreTime,
    private readonly guard: OutageGuard,
    private readonly held: HeldAttempts,
    private readonly reporter: NodeReporter,
    onFreed: (readyAt: number) => void,
  ) {
    this.recorder = new Recorder(
      (ms, callback) => clock.setTimer(clock.monotonic() + ms, callback),
      (nodeId, outcomes) => guard.call(() => store.finish(nodeId, outcomes)),
      (settled, recorded) => this.recorded(settled, recorded),
      onFreed,
    );
  }

  /** The handler has left off. */
  settled(attempt: Attempt, settlement: Settlement): void {
    this.recorder.add({ attempt, settlement, ...this.times(attempt) });
  }

  /** Records in the caller's transaction that an attempt has succeeded. */
  complete(attempt: Attempt, manager: unknown): Promise<boolean> {
    const outcome = { ...attempt.fence, ...COMPLETED, ...this.times(attempt) };
    return this.store.complete(attempt.nodeId, outcome, manager);
  }

  /** Waits for what is on its way. Rejects when the store was given up. */
  close(): Promise<void> {
    return this.recorder.close();
  }

  private recorded(settled: SettledAttempt, recorded: boolean): void {
    if (recorded && settled.attempt.isCompleted) {
      void this.tellOnRecord(settled);
    } else if (this.held.letGo(settled.attempt)) {
      this.reporter.ended(settled, recorded);
    }
  }

  /** What counts for an attempt that its handler completed is whether that transaction was committed. */
  private async tellOnRecord(settled: SettledAttempt): Promise<void> {
    const { attempt, settlement } = settled;
    const run = await this.guard.call(() => this.store.getRun(attempt.run)).catch(() => null);
    if (!this.held.letGo(attempt)) {
      return;
    }
    const isCommitted = run?.state === 'succeeded';
    if (isCommitted && settlement.state !== 'succeeded') {
      this.reporter.warn(`Run ${attempt.runId} failed after it was completed`, settlement.error);
    }
    const onRecord = isCommitted ? { ...COMPLETED, result: run.result } : settlement;
    this.reporter.ended({ ...settled, settlement: onRecord }, true);
  }

  private times(attempt: Attempt): Pick<SettledAttempt, 'startedAt' | 'finishedAt'> {
    const now = Math.floor(this.time.now());
    const startedAt = attempt.startedAt ?? now;
    return { startedAt, finishedAt: Math.max(startedAt, now) };
  }
}
