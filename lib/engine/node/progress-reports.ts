import { InvalidJobError } from '../../core/errors/invalid-job.error.js';
import type { CancelTimer, Clock } from '../../core/clock.js';
import type { JobStore } from '../../core/job-store.js';
import type { RunProgress } from '../../core/run.js';
import type { Attempt } from '../firing/attempt.js';

/** A handler may report as often as it likes: so often the newest report of each is written. */
const WRITE_EVERY_MS = 1000;

/** What people read; whatever is longer belongs into the result. */
const LONGEST_NOTE = 1000;

/** Writes how far attempts have come: only the newest word of each, all of a node's together. */
export class ProgressReports {
  private newest = new Map<Attempt, RunProgress>();
  private cancelTimer: CancelTimer | undefined;

  /** @param onRecorded told when a report is on record */
  constructor(
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly onRecorded: (attempt: Attempt, progress: RunProgress) => void,
  ) {}

  /** @throws InvalidJobError for a fraction that is none */
  report(attempt: Attempt, fraction: number, note?: string): void {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new InvalidJobError('fraction', fraction, 'Give a number from 0 to 1.');
    }
    const text = note?.slice(0, LONGEST_NOTE) ?? null;
    this.newest.set(attempt, { fraction, note: text });
    this.cancelTimer ??= this.clock.setTimer(
      this.clock.monotonic() + WRITE_EVERY_MS,
      () => void this.write(),
    );
  }

  /** What has ended has nothing further to report. */
  forget(attempt: Attempt): void {
    this.newest.delete(attempt);
  }

  stop(): void {
    this.cancelTimer?.();
    this.newest.clear();
  }

  private async write(): Promise<void> {
    const reports = [...this.newest];
    this.newest = new Map();
    try {
      for (const nodeId of new Set(reports.map(([attempt]) => attempt.nodeId))) {
        await this.writeOf(
          nodeId,
          reports.filter(([attempt]) => attempt.nodeId === nodeId),
        );
      }
    } catch {
      // The store is away. Older than by then, nobody wants to know it.
    } finally {
      this.cancelTimer = undefined;
      const [next] = this.newest;
      if (next) {
        this.report(next[0], next[1].fraction, next[1].note ?? undefined);
      }
    }
  }

  private async writeOf(
    nodeId: string,
    reports: readonly (readonly [Attempt, RunProgress])[],
  ): Promise<void> {
    const recorded = await this.store.progress(
      nodeId,
      reports.map(([attempt, progress]) => ({ ...attempt.fence, progress })),
    );
    reports.forEach(([attempt, progress], index) => {
      if (recorded[index]) {
        this.onRecorded(attempt, progress);
      }
    });
  }
}
