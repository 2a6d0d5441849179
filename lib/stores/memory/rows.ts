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
  readonly runs: Map<RunSlot, RunRow>;
  readonly live: Set<RunRow>;
}

/** A run as it is kept here. */
export interface RunRow extends Mutable<RunRecord> {
  readonly job: JobRow;
  claim: number;
  behind: number | null;
}

/** Place of a run among those of its job. That of a planned run is its instant: text would have to be made each time. */
export type RunSlot = number | string;

export function runSlot(scheduledAt: number, seq: number): RunSlot {
  return seq === 0 ? scheduledAt : `${scheduledAt}/${seq}`;
}
