import type { Rhythm } from './rhythm.js';
import type { Span } from './span.js';

/** A time in which the job was surely active and went by this rhythm. */
export interface Period extends Span {
  readonly rhythm: Rhythm;
}

/** What the driver knows of a recurring job, from what it asked for and what was confirmed. */
export class BookedJob {
  readonly periods: { from: number; until: number; rhythm: Rhythm }[] = [];
  /** Pauses from when one was confirmed until its end was asked for. */
  readonly pauses: { from: number; until: number }[] = [];
  /** When the removal was confirmed. */
  removedAt: number | null = null;

  constructor(
    readonly id: string,
    readonly maxInstances: number,
    /** Somebody runs it by hand too, whatever else runs. */
    readonly isRunByHand = false,
  ) {}

  /** To be called when an edit is confirmed after which the job is active. */
  activeBy(rhythm: Rhythm): void {
    this.periods.push({ from: Date.now(), until: Infinity, rhythm });
  }

  /** To be called before an edit is sent that may change the instants. */
  doubtful(): void {
    end(this.periods.at(-1));
    end(this.pauses.at(-1));
  }

  paused(): void {
    this.pauses.push({ from: Date.now(), until: Infinity });
  }
}

function end(span: { until: number } | undefined): void {
  if (span?.until === Infinity) {
    span.until = Date.now();
  }
}

/** A job with one instant. */
export interface BookedShot {
  readonly id: string;
  /** `maybe`: nobody knows whether the request to add it got through. */
  readonly added: 'yes' | 'no' | 'maybe';
}

/** All jobs that there should be. */
export class JobBook {
  readonly recurring = new Map<string, BookedJob>();
  readonly shots: BookedShot[] = [];

  book(job: BookedJob): BookedJob {
    this.recurring.set(job.id, job);
    return job;
  }
}
