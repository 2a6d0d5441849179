import type { JobRecord } from '../../core/job.js';
import type { RunRecord } from '../../core/run.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A job as it is kept here. */
export interface JobRow {
  record: JobRecord;
  openSkipAt: number | null;
  removed: boolean;
  /** Changes with every change of the job or of its live runs: what a decision is compared by. */
  stamp: number;
  /** All records of the job, by `runSlot`. */
  readonly runs: Map<string, RunRow>;
  readonly live: Set<RunRow>;
}

/** A run as it is kept here. */
export interface RunRow extends Mutable<RunRecord> {
  readonly job: JobRow;
  claim: number;
  behind: number | null;
}

/** Place of a run among those of its job. */
export function runSlot(scheduledAt: number, seq: number): string {
  return `${scheduledAt}/${seq}`;
}
