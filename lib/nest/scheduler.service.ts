import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { SchedulerEvent } from '../core/events.js';
import type { Executor } from '../core/executor.js';
import type { JobStore } from '../core/job-store.js';
import type {
  JobChanges,
  JobDefinition,
  JobFilterOptions,
  JobQuery,
  OperationOptions,
  PageOf,
  RunQuery,
  TriggerInput,
} from '../engine/definition/job-definition.js';
import type { ImportOptions, JobExport } from '../engine/operations/job-export.js';
import type { SchedulerState } from '../engine/scheduler.options.js';
import { Scheduler } from '../engine/scheduler.js';
import type { Job } from '../engine/view/job.js';
import type { Run } from '../engine/view/run.js';
import { SchedulerEvents } from './events/scheduler-events.js';
import { SchedulerStarter } from './scheduler.starter.js';
import type { ShutdownOptions } from './shutdown.options.js';
import { readShutdownOptions } from './shutdown.options.js';

/**
 * The scheduler of the application: jobs and their runs, and what happens to them.
 *
 * Operations on jobs and runs work on whatever is stored, whichever process put it there. They work before the scheduler
 * starts, or without it ever starting, but not after `shutdown()`: then they throw `SchedulerStateError`. While the
 * database is away they throw `StoreUnavailableError`.
 *
 * @example
 * ```ts
 * constructor(private readonly scheduler: SchedulerService) {}
 *
 * await this.scheduler.addJob({ id: 'welcome:42', handler: 'mail.send', args: ['a@b.c', 'hi'], trigger: at(date) });
 * ```
 * @publicApi
 */
@Injectable()
export class SchedulerService {
  /**
   * Everything that happens, as it happens in this process; in order, never completed. With `events: 'cluster'` what
   * becomes of runs in other processes, too: `nodeId` tells whose it is. An error of a subscriber is logged and harms
   * nobody.
   *
   * @example `scheduler.events$.pipe(ofType('job.error', 'job.missed')).subscribe(alert);`
   */
  readonly events$: Observable<SchedulerEvent>;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly starter: SchedulerStarter,
    events: SchedulerEvents,
  ) {
    this.events$ = events.events$;
  }

  /** What the scheduler of this process does. */
  get state(): SchedulerState {
    return this.scheduler.state;
  }

  /**
   * Starts the scheduler of this process. The module does it when the application starts, unless `autoStart` is off.
   *
   * @param options `paused: true`: ready, but nothing fires before `resume()`
   * @throws SchedulerStateError when it has started already
   */
  async start(options?: { readonly paused?: boolean }): Promise<void> {
    await this.starter.start(options);
  }

  /**
   * Stops the scheduler of this process; what it had claimed and not begun is free for other processes. The module
   * does it when the application ends.
   *
   * @throws InvalidOptionsError when `timeout` is no duration
   */
  async shutdown(options: ShutdownOptions = {}): Promise<void> {
    await this.scheduler.shutdown(readShutdownOptions(options));
  }

  /**
   * Begins nothing more in this process until `resume()`; what has begun goes on. What is due meanwhile waits, or goes
   * to other processes.
   *
   * @throws SchedulerStateError when it has not started
   */
  pause(): Promise<void> {
    return this.scheduler.pause();
  }

  /**
   * Ends `pause()`.
   *
   * @throws SchedulerStateError when it has not started
   */
  resume(): Promise<void> {
    return this.scheduler.resume();
  }

  /**
   * Adds a job.
   *
   * @throws InvalidJobError, InvalidTriggerError, UnknownHandlerError, UnknownStoreError, UnknownExecutorError when
   * the definition makes no sense; ConflictingJobIdError when there is a job of this id and `replaceExisting` is not set
   * @example
   * ```ts
   * await scheduler.addJob(
   *   { handler: handlerRef(MailService, 'send'), args: ['a@b.c', 'hi'], trigger: at(date) },
   *   { manager },
   * );
   * ```
   */
  addJob<A extends readonly unknown[]>(
    definition: JobDefinition<A>,
    options?: OperationOptions,
  ): Promise<Job> {
    return this.scheduler.operations.addJob(definition as JobDefinition, options);
  }

  /**
   * Adds many jobs, all or none, far faster than one by one.
   *
   * @throws the errors of `addJob`
   */
  async addJobs(definitions: readonly JobDefinition[], options?: OperationOptions): Promise<Job[]> {
    return [...(await this.scheduler.operations.addJobs(definitions, options))];
  }

  /**
   * Changes a job. A new trigger plans anew; a pause is kept; runs that have begun are left alone.
   *
   * @throws JobLookupError; InvalidJobError and the like; VersionConflictError with `ifVersion`
   * @example `await scheduler.modifyJob('daily-report', { maxInstances: 6, name: 'Daily report' });`
   */
  modifyJob(id: string, changes: JobChanges, options?: OperationOptions): Promise<Job> {
    return this.scheduler.operations.modifyJob(id, changes, options);
  }

  /**
   * Gives a job another trigger and plans it anew. A pause is kept.
   *
   * @throws JobLookupError, InvalidTriggerError, VersionConflictError with `ifVersion`
   * @example `await scheduler.rescheduleJob('daily-report', cron('0 6 * * *'));`
   */
  rescheduleJob(id: string, trigger: TriggerInput, options?: OperationOptions): Promise<Job> {
    return this.scheduler.operations.rescheduleJob(id, trigger, options);
  }

  /**
   * Stops a job from firing, in all processes, until it is resumed.
   *
   * @throws JobLookupError, VersionConflictError with `ifVersion`
   */
  pauseJob(id: string, options?: OperationOptions): Promise<Job> {
    return this.scheduler.operations.pauseJob(id, options);
  }

  /**
   * Lets a paused job fire again, from now on: instants that passed meanwhile are not made up for, except that a
   * one-shot whose date passed is due at once.
   *
   * @throws JobLookupError, VersionConflictError with `ifVersion`
   */
  resumeJob(id: string, options?: OperationOptions): Promise<Job> {
    return this.scheduler.operations.resumeJob(id, options);
  }

  /** The job, or `null` when there is none of this id. */
  getJob(id: string, options?: OperationOptions): Promise<Job | null> {
    return this.scheduler.getJob(id, options);
  }

  /**
   * Jobs, ordered by store and id.
   *
   * @example `const { items, nextCursor } = await scheduler.getJobs({ tags: 'billing', limit: 50 });`
   * @throws InvalidJobError when the query makes no sense
   */
  getJobs(query?: JobQuery): Promise<PageOf<Job>> {
    return this.scheduler.getJobs(query);
  }

  /** The run, or `null` when there is none of this id (any more). */
  getRun(id: string): Promise<Run | null> {
    return this.scheduler.getRun(id);
  }

  /**
   * Runs, the newest instant first.
   *
   * @example `await scheduler.getRuns({ jobId: 'daily-report', state: ['failed', 'missed'] });`
   * @throws InvalidJobError when the query makes no sense
   */
  getRuns(query?: RunQuery): Promise<PageOf<Run>> {
    return this.scheduler.getRuns(query);
  }

  /**
   * Removes a job. Runs that have begun go on, and its history stays.
   *
   * @throws JobLookupError; DeclaredJobError when a decorator declares it
   */
  removeJob(id: string, options?: OperationOptions): Promise<void> {
    return this.scheduler.operations.removeJob(id, options);
  }

  /**
   * Removes all jobs that match, but for those that a decorator declares.
   *
   * @returns how many
   */
  removeAllJobs(query?: JobFilterOptions): Promise<number> {
    return this.scheduler.operations.removeAllJobs(query);
  }

  /**
   * Pauses all jobs that match.
   *
   * @returns how many
   */
  pauseJobs(query: JobFilterOptions): Promise<number> {
    return this.scheduler.operations.pauseJobs(query);
  }

  /**
   * Resumes all paused jobs that match.
   *
   * @returns how many
   */
  resumeJobs(query: JobFilterOptions): Promise<number> {
    return this.scheduler.operations.resumeJobs(query);
  }

  /**
   * Runs a job now, whatever its state, beside its schedule, which is left alone.
   *
   * @returns the run, which has not begun yet
   * @throws JobLookupError
   */
  runJob(id: string, options?: OperationOptions): Promise<Run> {
    return this.scheduler.operations.runJob(id, options);
  }

  /**
   * The next instants of a trigger, if a job with it were added at `from`.
   *
   * @param from default: now
   * @throws InvalidTriggerError
   * @example `scheduler.preview(cron('0 5 * * mon-fri'), 3)`
   */
  preview(trigger: TriggerInput, count: number, from?: Date): Date[] {
    return this.scheduler.preview(trigger, count, from);
  }

  /** Adds a store while the application runs. @throws AliasTakenError */
  addStore(alias: string, store: JobStore): Promise<void> {
    return this.scheduler.addStore(alias, store);
  }

  /** Closes a store and forgets it; its jobs stay in it. @throws UnknownStoreError */
  removeStore(alias: string): Promise<void> {
    return this.scheduler.removeStore(alias);
  }

  /** Adds an executor while the application runs. @throws AliasTakenError */
  addExecutor(alias: string, executor: Executor): Promise<void> {
    return this.scheduler.addExecutor(alias, executor);
  }

  /** Closes an executor and forgets it; its jobs wait for another of this alias. @throws UnknownExecutorError */
  removeExecutor(alias: string): Promise<void> {
    return this.scheduler.removeExecutor(alias);
  }

  /** Jobs as plain JSON, to be kept or carried elsewhere. */
  exportJobs(query?: JobFilterOptions): Promise<JobExport> {
    return this.scheduler.exportJobs(query);
  }

  /**
   * Adds jobs that `exportJobs` gave, all or none.
   *
   * @throws InvalidJobError when the data make no sense; ConflictingJobIdError unless `replaceExisting` is set
   */
  async importJobs(data: JobExport, options?: ImportOptions): Promise<Job[]> {
    return [...(await this.scheduler.importJobs(data, options))];
  }
}
