import type { JsonValue } from '../../core/json.js';
import type { JobOptions } from '../../engine/definition/job-definition.js';
import type {
  ExceptOption,
  JitterOption,
  MaxFiresOption,
  WindowOptions,
  ZoneOption,
} from '../../triggers/options/shared-options.js';
import type { Lazy } from './lazy.js';

type Json = readonly JsonValue[];

/** Options that `@nestjs/schedule` has under another name. */
interface NestScheduleOptions {
  /** Same as `timezone`. */
  readonly timeZone?: string;
  /** `true`: same as `enabled: false`. */
  readonly disabled?: boolean;
  /** `true`: same as `maxInstances: 1`, which is the default anyway unless `jobDefaults` says otherwise. */
  readonly waitForCompletion?: boolean;
}

/** Settings of a job that a decorator declares. */
interface DeclaredJobOptions<A extends Json>
  extends Omit<JobOptions, 'args' | 'enabled'>, ZoneOption, JitterOption, NestScheduleOptions {
  /**
   * Unique among the jobs of its store. Default: `Class.method`; for further decorators of the same method, counted
   * from the top, `Class.method#2`, `Class.method#3` and so on.
   */
  readonly id?: string;
  /** Passed to the method, before the context. JSON. */
  readonly args?: A;
  /**
   * `false`: the job is not declared. A function is asked when the application starts, before the schedule is.
   * @default true
   */
  readonly enabled?: Lazy<boolean>;
}

/**
 * Options of `@Cron`.
 *
 * @publicApi
 */
export interface CronJobOptions<A extends Json = Json>
  extends DeclaredJobOptions<A>, WindowOptions, ExceptOption, MaxFiresOption {}

/**
 * Options of `@Interval`.
 *
 * @publicApi
 */
export interface IntervalJobOptions<A extends Json = Json>
  extends DeclaredJobOptions<A>, WindowOptions, ExceptOption, MaxFiresOption {}

/**
 * Options of `@At`.
 *
 * @publicApi
 */
export interface AtJobOptions<A extends Json = Json> extends DeclaredJobOptions<A> {}
