import type { ConfigurableModuleAsyncOptions, Provider } from '@nestjs/common';
import type { Clock } from '../../core/clock.js';
import type { Duration } from '../../core/duration.js';
import type { Executor } from '../../core/executor.js';
import type { JobStore } from '../../core/job-store.js';
import type { JobPolicyOptions } from '../../engine/definition/job-definition.js';
import type { TriggerFactory } from '../../triggers/index.js';

/**
 * Options of `SchedulerModule.forRoot()`. All are optional: without any, jobs live in memory and run in this process.
 *
 * @publicApi
 */
export interface SchedulerModuleOptions {
  /**
   * Where jobs live, by alias (letters, digits, `_` and `-`, at most 64). Jobs that name no store are in `default`.
   * @default { default: memoryStore() }
   */
  readonly stores?: Readonly<Record<string, JobStore>>;
  /**
   * How handlers run, by alias. Jobs that name no executor run on `default`.
   * @default { default: inProcess() }
   */
  readonly executors?: Readonly<Record<string, Executor>>;
  /**
   * What holds for jobs that say nothing of their own.
   * @default { coalesce: 'latest', maxInstances: 1, overlap: 'skip', misfireGraceTime: null, maxCatchUp: 100, recovery: 'rerun' }
   */
  readonly jobDefaults?: JobPolicyOptions;
  /**
   * IANA zone of triggers that name none.
   * @default 'UTC'
   */
  readonly timezone?: string;
  /**
   * Start with the application. Without it jobs can be added and read, but none runs before `SchedulerService.start()`.
   * `SCHEDULER_ENABLED=false` in the environment has the same effect, whatever stands here.
   * @default true
   */
  readonly autoStart?: boolean;
  /**
   * How far ahead of its instant a run may be claimed. More of it rides out a slower store; none starts earlier for it.
   * @default 200
   */
  readonly lead?: Duration;
  /**
   * How often to look for work that nothing announced. A safety net: due jobs do not wait for it.
   * @default { seconds: 15 }
   */
  readonly sweepInterval?: Duration;
  /** How processes learn of each other's death. */
  readonly lease?: LeaseOptions;
  /**
   * How long a shutdown waits for handlers before it aborts their signals.
   * @default { seconds: 10 }
   */
  readonly shutdownTimeout?: Duration;
  /**
   * Source of time, chance and ids. Only tests have a reason to set it.
   * @default new SystemClock()
   */
  readonly clock?: Clock;
  /**
   * Whose runs `events$` tells of: `local`: those of this process; `cluster`: those of all processes on the same store,
   * as far as its notifications reach: they may be lost while the store, or the way to it, is away. Costs a
   * notification and a look at the record for each event, in every process.
   * @default 'local'
   */
  readonly events?: 'local' | 'cluster';
  /**
   * Trigger types of your own: what makes a trigger from its stored form, by the `type` of that form.
   * @default none
   * @example `{ sunrise: (json) => new SunriseTrigger(json) }`
   */
  readonly triggers?: Readonly<Record<string, TriggerFactory>>;
}

/**
 * How processes learn of each other's death.
 *
 * @publicApi
 */
export interface LeaseOptions {
  /**
   * How long a process is believed alive after its last sign of life. At least twice `renew`.
   * @default { seconds: 10 }
   */
  readonly ttl?: Duration;
  /**
   * How often a process gives a sign of life.
   * @default three tenths of `ttl`: 3 s
   */
  readonly renew?: Duration;
  /**
   * How long before the others may give it up a process that could not give a sign of life stops its handlers.
   * @default 1 s, less for a short `ttl`
   */
  readonly margin?: Duration;
}

/**
 * What must be known before there are any options: it decides what the module looks like.
 *
 * @publicApi
 */
export interface SchedulerModuleExtras {
  /**
   * Whether `SchedulerService` can be injected everywhere. Otherwise only modules that import the very object that
   * `forRoot()` returned can.
   * @default true
   */
  readonly isGlobal?: boolean;
  /** Further providers of the module, for `useFactory` and `useClass` to inject. */
  readonly extraProviders?: Provider[];
}

/**
 * Makes the options of `SchedulerModule.forRootAsync({ useClass | useExisting })`.
 *
 * @publicApi
 */
export interface SchedulerOptionsFactory {
  createSchedulerOptions(): SchedulerModuleOptions | Promise<SchedulerModuleOptions>;
}

/**
 * Options of `SchedulerModule.forRootAsync()`: one of `useFactory`, `useClass` and `useExisting`.
 *
 * @publicApi
 */
export type SchedulerModuleAsyncOptions = ConfigurableModuleAsyncOptions<
  SchedulerModuleOptions,
  'createSchedulerOptions'
> &
  SchedulerModuleExtras;
