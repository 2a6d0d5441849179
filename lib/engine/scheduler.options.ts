import type { Clock } from '../core/clock.js';
import type { SchedulerEvent } from '../core/events.js';
import type { Executor, Handler } from '../core/executor.js';
import type { JobLogger } from '../core/job-context.js';
import type { JobStore } from '../core/job-store.js';
import type { TriggerRegistry } from '../triggers/index.js';
import type { JobPolicyOptions } from './definition/job-definition.js';

/** Where the scheduler itself writes. */
export type SchedulerLogger = Pick<JobLogger, 'log' | 'warn' | 'error' | 'debug'>;

/** All that a scheduler needs, with every default filled in. Times are milliseconds. */
export interface SchedulerOptions {
  readonly clock: Clock;
  /** By alias; `default` is among them. */
  readonly stores: Readonly<Record<string, JobStore>>;
  /** By alias; `default` is among them. */
  readonly executors: Readonly<Record<string, Executor>>;
  /** Gives a registered handler by name, and all names. Asked again at each start of a run. */
  readonly handlers: HandlerDirectory;
  readonly jobDefaults: JobPolicyOptions;
  /** IANA zone for triggers that name none. */
  readonly timezone: string;
  /** The trigger types that jobs may have. */
  readonly triggers: TriggerRegistry;
  /** How far ahead of its instant a run may be claimed. */
  readonly lead: number;
  /** How often to look for work that nothing announced. */
  readonly sweepInterval: number;
  /** How long a node is believed alive after a beat, how often it beats, and how early it doubts itself. */
  readonly lease: { readonly ttl: number; readonly renew: number; readonly margin: number };
  /** How long `shutdown` waits for handlers before their signals are aborted. */
  readonly shutdownTimeout: number;
  readonly logger: SchedulerLogger;
  /** The logger that handlers are given. */
  readonly jobLogger: (jobId: string) => JobLogger;
  /** Whose runs there are events of: this process's, or those of all on the same store. */
  readonly events: 'local' | 'cluster';
  /**
   * Takes every event, in order. Must not throw.
   *
   * @param isRemote whether it happened in another process
   */
  emit(event: SchedulerEvent, isRemote: boolean): void;
}

/** The handlers that this process has. */
export interface HandlerDirectory {
  get(name: string): Handler | undefined;
  names(): readonly string[];
}

/** `paused`: runs that have begun go on, but this process begins no others. */
export type SchedulerState = 'stopped' | 'running' | 'paused';

/** How `shutdown` goes about it. */
export interface ShutdownOptions {
  /** `false`: running handlers are told to stop at once. Default: `true`. */
  readonly wait?: boolean;
  /** Milliseconds to wait for running handlers. Default: the scheduler's `shutdownTimeout`. */
  readonly timeout?: number;
}
