import type { Duration } from '../../core/duration.js';
import type { Coalesce, JobOrigin, JobState, Overlap, Priority, Recovery } from '../../core/job.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { RunState } from '../../core/run.js';
import type { Trigger, TriggerJson } from '../../core/trigger.js';

/** A trigger as it is given: what a builder such as `cron()` makes, or an instance of a trigger class. */
export type TriggerInput = TriggerJson | Trigger;

/**
 * A handler by reference rather than by name, so that the compiler checks the job's arguments.
 * Made by `handlerRef(MailService, 'send')`.
 *
 * @publicApi
 */
export interface HandlerRef<A extends readonly unknown[] = readonly JsonValue[]> {
  /** Name that the handler is registered under. */
  readonly name: string;
  /** Only for the compiler: the arguments that the handler takes. Never set. */
  readonly args?: A;
}

/**
 * What decides how a job's instants become runs. Settings that are not given come from `jobDefaults`.
 *
 * @publicApi
 */
export interface JobPolicyOptions {
  /**
   * Which of several overdue instants runs: `latest` (also `true`), `earliest`, or `all` (also `false`): each in
   * turn, oldest first, one at a time.
   * @default 'latest'
   */
  readonly coalesce?: Coalesce | boolean;
  /**
   * How many runs of the job may be live at once, on all nodes together.
   * @default 1
   */
  readonly maxInstances?: number;
  /**
   * What becomes of an instant that finds `maxInstances` runs live. A job that fires only once always waits.
   * @default 'skip'
   */
  readonly overlap?: Overlap;
  /**
   * How late a fire may be and still run, judged on the planned instant; `null`: any lateness.
   * @default null
   */
  readonly misfireGraceTime?: Duration | null;
  /**
   * With `coalesce: 'all'`, how many overdue instants are caught up with; the newest are kept.
   * @default 100
   */
  readonly maxCatchUp?: number;
  /**
   * What becomes of a run whose process died: it runs again, or it is failed.
   * @default 'rerun'
   */
  readonly recovery?: Recovery;
}

/**
 * Settings of a job, wherever it is defined.
 *
 * @publicApi
 */
export interface JobOptions extends JobPolicyOptions {
  /** Unique among the jobs of its store; 1 to 200 characters. A random one if not given. */
  readonly id?: string;
  /** For people. Default: the id. */
  readonly name?: string;
  /** Passed to the handler, before the context. JSON. */
  readonly args?: readonly JsonValue[];
  /** Alias of the store that keeps the job. Default: `default`. */
  readonly store?: string;
  /** Alias of the executor that runs the handler. Default: `default`. */
  readonly executor?: string;
  /** The first instant, in place of the trigger's first. `null`: the job is added paused. */
  readonly nextFireAt?: Date | string | null;
  /** Level among the jobs that are due at the same time; higher first. Default: 1. */
  readonly priority?: Priority;
  /** For finding jobs again. */
  readonly tags?: readonly string[];
  /** Anything of yours. JSON. */
  readonly metadata?: JsonObject;
  /** `false`: added paused by `addJob`, not declared at all by a decorator. Default: `true`. */
  readonly enabled?: boolean;
}

/**
 * A job to add.
 *
 * @publicApi
 */
export interface JobDefinition<A extends readonly unknown[] = readonly JsonValue[]> extends Omit<
  JobOptions,
  'args'
> {
  /** Name of a registered handler, or a reference to one. */
  readonly handler: string | HandlerRef<A>;
  /** Passed to the handler, before the context. JSON; with a `handlerRef`, what the handler takes. */
  readonly args?: NoInfer<Readonly<A>>;
  /** When it fires. */
  readonly trigger: TriggerInput;
  /** Replaces a job of the same id, if there is one; a pause and, with an equal trigger, the next instant stay. */
  readonly replaceExisting?: boolean;
}

/**
 * What `modifyJob` can change. A new trigger plans anew; a pause is kept.
 *
 * @publicApi
 */
export type JobChanges = Omit<JobOptions, 'id' | 'store' | 'enabled'> & {
  readonly handler?: string | HandlerRef;
  readonly trigger?: TriggerInput;
};

/**
 * A job that the application's code declares, by a decorator.
 */
export interface JobDeclaration {
  readonly definition: JobDefinition & { readonly id: string };
  /** Where it stands, such as `ReportsService.daily`, for people. */
  readonly source: string;
}

/** Which jobs. All conditions that are given must hold. */
export interface JobFilterOptions {
  readonly store?: string;
  readonly state?: JobState | readonly JobState[];
  readonly handler?: string;
  /** Jobs that have all of these tags. */
  readonly tags?: string | readonly string[];
  readonly origin?: JobOrigin;
}

export interface PageOptions {
  /** How many to give at most, 1 to 1000. Default: 100. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface JobQuery extends JobFilterOptions, PageOptions {}

export interface RunQuery extends PageOptions {
  readonly store?: string;
  readonly jobId?: string;
  readonly state?: RunState | readonly RunState[];
  /** Scheduled at or after. */
  readonly from?: Date | string;
  /** Scheduled before. */
  readonly to?: Date | string;
}

/** A part of a list, and where the next part begins. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** To be passed as `cursor` for what follows; `null` at the end. */
  readonly nextCursor: string | null;
}

/**
 * How an operation is carried out.
 *
 * @publicApi
 */
export interface OperationOptions {
  /** Alias of the store to look in. Default: every store, in the order of configuration. */
  readonly store?: string;
  /**
   * An `EntityManager` or `QueryRunner` of the store's database: the operation joins its transaction, takes effect with
   * its commit and vanishes with its rollback. Its event is told at once, whatever becomes of the transaction.
   */
  readonly manager?: unknown;
  /** Do it only if the job is at this version, otherwise throw `VersionConflictError`. */
  readonly ifVersion?: number;
}
