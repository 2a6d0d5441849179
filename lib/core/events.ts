import type { JsonValue } from './json.js';
import type { RunError, RunProgress } from './run.js';

interface EventBase {
  /** When it happened, by the clock of the store, or of this machine where no store is concerned. */
  readonly at: Date;
  /** The node that says so. */
  readonly nodeId: string;
}

/** The scheduler of this process started, stopped, paused or resumed. */
export interface SchedulerStateEvent extends EventBase {
  readonly type:
    'scheduler.started' | 'scheduler.shutdown' | 'scheduler.paused' | 'scheduler.resumed';
}

/** An executor came or went. */
export interface ExecutorEvent extends EventBase {
  readonly type: 'executor.added' | 'executor.removed';
  readonly executor: string;
}

/** A store came or went. */
export interface StoreEvent extends EventBase {
  readonly type: 'store.added' | 'store.removed';
  readonly store: string;
}

/** A store stopped answering. The scheduler keeps trying. */
export interface StoreUnavailableEvent extends EventBase {
  readonly type: 'store.unavailable';
  readonly store: string;
  readonly error: RunError;
}

/** A store answers again. */
export interface StoreRecoveredEvent extends EventBase {
  readonly type: 'store.recovered';
  readonly store: string;
  /** How long it was away, in milliseconds. */
  readonly durationMs: number;
}

/** All jobs that a query matched were removed, by one call. */
export interface JobsRemovedEvent extends EventBase {
  readonly type: 'jobs.removed_all';
  readonly store: string;
  readonly count: number;
}

interface JobEventBase extends EventBase {
  readonly jobId: string;
  readonly store: string;
}

/** A job was added, edited or removed by somebody, or has no further instant. */
export interface JobChangeEvent extends JobEventBase {
  readonly type: 'job.added' | 'job.removed' | 'job.modified' | 'job.finished';
}

/** A job was parked: it stays visible, but does not fire until it is mended. */
export interface JobParkedEvent extends JobEventBase {
  readonly type: 'job.parked';
  readonly error: RunError;
}

interface RunEventBase extends JobEventBase {
  readonly runId: string;
  readonly scheduledAt: Date;
}

/** An instant, or a range of instants, will not run. */
export interface JobMissedEvent extends RunEventBase {
  readonly type: 'job.missed' | 'job.max_instances';
  /** Last instant of the range. */
  readonly until: Date;
  /** How many instants. Beyond 1000 of a cron trigger it is a lower bound; `until` is exact. */
  readonly count: number;
  readonly reason: string;
}

interface AttemptEventBase extends RunEventBase {
  readonly attempt: number;
}

/** A run was handed to its executor, or its handler was called. */
export interface JobStartEvent extends AttemptEventBase {
  readonly type: 'job.submitted' | 'job.started';
  /** Milliseconds between the time at which the run might begin and now. */
  readonly latenessMs: number;
}

/** A handler returned, and the outcome is recorded. */
export interface JobExecutedEvent extends AttemptEventBase {
  readonly type: 'job.executed';
  readonly durationMs: number;
  readonly result: JsonValue;
}

/** A handler failed, and the outcome is recorded. */
export interface JobErrorEvent extends AttemptEventBase {
  readonly type: 'job.error';
  readonly durationMs: number;
  readonly error: RunError;
}

/** A handler said how far it has come, and that is on record: at most once a second, what it said last. */
export interface JobProgressEvent extends AttemptEventBase, RunProgress {
  readonly type: 'job.progress';
}

/** A run was called off, before or while it executed. */
export interface JobCancelledEvent extends AttemptEventBase {
  readonly type: 'job.cancelled';
  readonly reason: string;
}

/** The node that executed a run is no more, or lost its right to record the outcome. */
export interface JobAbandonedEvent extends AttemptEventBase {
  readonly type: 'job.abandoned';
  readonly reason: string;
}

/**
 * Everything that the scheduler tells, told apart by `type`.
 *
 * For each attempt of a run, in this order: `job.submitted`, `job.started`, then exactly one of `job.executed`,
 * `job.error`, `job.cancelled`, `job.abandoned`, which comes after the outcome is recorded.
 *
 * @publicApi
 */
export type SchedulerEvent =
  | SchedulerStateEvent
  | ExecutorEvent
  | StoreEvent
  | StoreUnavailableEvent
  | StoreRecoveredEvent
  | JobsRemovedEvent
  | JobChangeEvent
  | JobParkedEvent
  | JobMissedEvent
  | JobStartEvent
  | JobProgressEvent
  | JobExecutedEvent
  | JobErrorEvent
  | JobCancelledEvent
  | JobAbandonedEvent;

export type SchedulerEventType = SchedulerEvent['type'];
