import type { JobStore } from '../core/job-store.js';
import type { Executor } from '../core/executor.js';
import type {
  JobChanges,
  JobDeclaration,
  JobDefinition,
  JobFilterOptions,
  JobQuery,
  OperationOptions,
  PageOf,
  RunQuery,
  TriggerInput,
} from './definition/job-definition.js';
import type { SchedulerOptions } from './scheduler.options.js';
import type { Job } from './view/job.js';
import type { Run } from './view/run.js';

export type SchedulerState = 'stopped' | 'running' | 'paused';

/** SKETCH of the facade; bodies follow. */
export declare class Scheduler {
  constructor(options: SchedulerOptions);
  readonly state: SchedulerState;
  /** Jobs that the code declares; reconciled with what is stored whenever the scheduler starts. */
  declare(declarations: readonly JobDeclaration[]): void;
  start(options?: { readonly paused?: boolean }): Promise<void>;
  /** First half of a shutdown, without waiting: no further run is claimed or started. */
  stopClaiming(): void;
  shutdown(options?: { readonly wait?: boolean; readonly timeout?: number }): Promise<void>;
  pause(): void;
  resume(): void;
  addJob(definition: JobDefinition, options?: OperationOptions): Promise<Job>;
  addJobs(
    definitions: readonly JobDefinition[],
    options?: OperationOptions,
  ): Promise<readonly Job[]>;
  modifyJob(id: string, changes: JobChanges, options?: OperationOptions): Promise<Job>;
  rescheduleJob(id: string, trigger: TriggerInput, options?: OperationOptions): Promise<Job>;
  pauseJob(id: string, options?: OperationOptions): Promise<Job>;
  resumeJob(id: string, options?: OperationOptions): Promise<Job>;
  removeJob(id: string, options?: OperationOptions): Promise<void>;
  removeAllJobs(query?: JobFilterOptions): Promise<number>;
  pauseJobs(query: JobFilterOptions): Promise<number>;
  resumeJobs(query: JobFilterOptions): Promise<number>;
  runJob(id: string, options?: OperationOptions): Promise<Run>;
  getJob(id: string, options?: OperationOptions): Promise<Job | null>;
  getJobs(query?: JobQuery): Promise<PageOf<Job>>;
  getRun(id: string): Promise<Run | null>;
  getRuns(query?: RunQuery): Promise<PageOf<Run>>;
  preview(trigger: TriggerInput, count: number, from?: Date): Date[];
  addStore(alias: string, store: JobStore): Promise<void>;
  removeStore(alias: string): Promise<void>;
  addExecutor(alias: string, executor: Executor): Promise<void>;
  removeExecutor(alias: string): Promise<void>;
  exportJobs(query?: JobFilterOptions): Promise<JobExport>;
  importJobs(
    data: JobExport,
    options?: { replaceExisting?: boolean; store?: string },
  ): Promise<readonly Job[]>;
}

export interface JobExport {
  readonly version: 1;
}
