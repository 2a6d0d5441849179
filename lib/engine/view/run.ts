import type { JsonValue } from '../../core/json.js';
import type { RunError, RunOrigin, RunProgress, RunRecord, RunState } from '../../core/run.js';
import { encodeRunId } from './run-id.js';

/**
 * The record of one job and instant.
 *
 * @publicApi
 */
export interface Run {
  /** Opaque; valid for `getRun` on any node. */
  readonly id: string;
  readonly jobId: string;
  /** Alias of the store. */
  readonly store: string;
  readonly state: RunState;
  readonly origin: RunOrigin;
  /** The planned instant, or when somebody asked for the run. */
  readonly scheduledAt: Date;
  /** Last instant of a missed or skipped range; equal to `scheduledAt` for a single one. */
  readonly until: Date;
  /** How many instants the record covers. Beyond 1000 of a cron trigger it is a lower bound; `until` is exact. */
  readonly count: number;
  /** When it may begin: the instant and its jitter. */
  readonly startAt: Date | null;
  /** When its last attempt began. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Attempts so far. */
  readonly attempt: number;
  /** Why it is in its state, where that is not plain: `coalesced`, `misfire`, `max-instances`, `node-lost` and so on. */
  readonly reason: string | null;
  /** What the handler returned. */
  readonly result: JsonValue;
  readonly error: RunError | null;
  /** How far it has come, as its handler says by `JobContext.progress`. */
  readonly progress: RunProgress | null;
  /** The node that holds or held it. */
  readonly nodeId: string | null;
}

/** A run as users see it. */
export function toRun(record: RunRecord, store: string): Run {
  return {
    id: encodeRunId(store, record),
    jobId: record.jobId,
    store,
    state: record.state,
    origin: record.seq === 0 ? 'schedule' : 'manual',
    scheduledAt: new Date(record.scheduledAt),
    until: new Date(record.until ?? record.scheduledAt),
    count: record.count,
    startAt: toDate(record.startAt),
    startedAt: toDate(record.startedAt),
    finishedAt: toDate(record.finishedAt),
    attempt: record.attempt,
    reason: record.reason,
    result: record.result,
    error: record.error,
    progress: record.progress,
    nodeId: record.nodeId,
  };
}

export function toDate(instant: number): Date;
export function toDate(instant: number | null): Date | null;
export function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
