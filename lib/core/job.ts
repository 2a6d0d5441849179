import type { JsonObject, JsonValue } from './json.js';
import type { TriggerJson } from './trigger.js';

/*
 * Vocabulary, used in code, columns, documents and pages alike:
 *
 * job       a stored schedule: id, handler, arguments, trigger, options and its next instant
 * handler   a registered function of the application, referred to by name; a store never holds code
 * trigger   pure, stateless rule for planned instants
 * fire      moving a job past a due instant and recording what becomes of it, in one transaction
 * run       the record of one job and instant
 * claim     a node taking a run: a number that grows at each take; with the node it is the fence
 * attempt   one start of a run, from 1
 * misfire   a fire found later than the job's `misfireGraceTime`
 * coalesce  what to do with several overdue instants
 * overlap   what to do when `maxInstances` runs are live
 * parked    kept and visible, but not firing, because something is wrong with the job
 * node      one process start of the scheduler on one store; its id is never reused
 * lead      how far ahead of its instant a run may be claimed
 */

/**
 * `active`: has a next instant. `paused`: told not to fire. `finished`: no instant is left.
 * `parked`: kept, but something is wrong with it; `error` says what.
 */
export type JobState = 'active' | 'paused' | 'finished' | 'parked';

/** Which of several overdue instants runs: the newest, the oldest, or each in turn. */
export type Coalesce = 'latest' | 'earliest' | 'all';

/** What becomes of an instant that finds `maxInstances` runs live: it is skipped, or its run waits for its turn. */
export type Overlap = 'skip' | 'queue';

/** What becomes of a run whose node died: it runs again, or it is failed. */
export type Recovery = 'rerun' | 'fail';

/** Where a job comes from: a decorator in the code, or a call at run time. */
export type JobOrigin = 'code' | 'api';

/** Level of a job among those that are due: 0 to 3, higher first. */
export type Priority = 0 | 1 | 2 | 3;

/** What decides how instants become runs. */
export interface JobPolicies {
  readonly coalesce: Coalesce;
  readonly overlap: Overlap;
  readonly maxInstances: number;
  /** Milliseconds that a fire may be late, or `null` for any lateness. */
  readonly misfireGraceTime: number | null;
  readonly maxCatchUp: number;
  readonly recovery: Recovery;
}

/** What a job is to do and how: the part that an edit can change. */
export interface JobSpec extends JobPolicies {
  readonly id: string;
  readonly name: string;
  readonly handler: string;
  readonly executor: string;
  readonly args: readonly JsonValue[];
  /** The bound form: zone and anchor are fixed. */
  readonly trigger: TriggerJson;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly origin: JobOrigin;
  /** Digest of the definition that the job was last set from, before its trigger was bound. */
  readonly fingerprint: string | null;
}

/** Where a job stands on its way through its instants. Instants are milliseconds since 1970. */
export interface JobProgress {
  readonly state: JobState;
  /** Text of the error that parked the job. */
  readonly error: string | null;
  /** `null` unless `active`. */
  readonly nextFireAt: number | null;
  /** The watermark: the last instant that the job has passed. */
  readonly lastFireAt: number | null;
  /** How many instants became runs. */
  readonly fireCount: number;
}

/** A job that is about to be stored. */
export interface NewJob extends JobSpec, JobProgress {}

/** A job as a store keeps it. */
export interface JobRecord extends NewJob {
  /** The store's own identity of the job: a removed and re-added id is another job. */
  readonly uid: string;
  /** Grows by 1 with each edit, and with nothing else. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}
