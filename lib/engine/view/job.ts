import type {
  Coalesce,
  JobOrigin,
  JobRecord,
  JobState,
  Overlap,
  Priority,
  Recovery,
} from '../../core/job.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { TriggerJson } from '../../core/trigger.js';
import type { JobChanges, OperationOptions, TriggerInput } from '../definition/job-definition.js';
import type { Run } from './run.js';
import { toDate } from './run.js';

/** The operations that a job offers on itself. */
export interface JobActions {
  modifyJob(id: string, changes: JobChanges, options?: OperationOptions): Promise<Job>;
  rescheduleJob(id: string, trigger: TriggerInput, options?: OperationOptions): Promise<Job>;
  pauseJob(id: string, options?: OperationOptions): Promise<Job>;
  resumeJob(id: string, options?: OperationOptions): Promise<Job>;
  removeJob(id: string, options?: OperationOptions): Promise<void>;
  runJob(id: string, options?: OperationOptions): Promise<Run>;
}

/**
 * A job as it was when it was read, and what can be done with it. It does not change by itself: operations give the
 * job as it is afterwards.
 *
 * @publicApi
 */
export class Job {
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Alias of the store. */
  readonly store: string;
  readonly handler: string;
  readonly executor: string;
  readonly args: readonly JsonValue[];
  /** The bound trigger, as it is stored. */
  readonly trigger: TriggerJson;
  readonly coalesce: Coalesce;
  readonly maxInstances: number;
  readonly overlap: Overlap;
  /** Milliseconds, or `null` for any lateness. */
  readonly misfireGraceTime: number | null;
  readonly maxCatchUp: number;
  readonly recovery: Recovery;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly state: JobState;
  /** `null` unless `active`. */
  readonly nextFireAt: Date | null;
  /** The last instant that the job has passed. */
  readonly lastFireAt: Date | null;
  /** How many instants became runs. */
  readonly fireCount: number;
  /** Grows by 1 with each edit. */
  readonly version: number;
  readonly origin: JobOrigin;
  /** Why the job is parked. */
  readonly error: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;

  readonly #actions: JobActions;

  constructor(record: JobRecord, store: string, actions: JobActions) {
    this.id = record.id;
    this.name = record.name;
    this.store = store;
    this.handler = record.handler;
    this.executor = record.executor;
    this.args = record.args;
    this.trigger = record.trigger;
    this.coalesce = record.coalesce;
    this.maxInstances = record.maxInstances;
    this.overlap = record.overlap;
    this.misfireGraceTime = record.misfireGraceTime;
    this.maxCatchUp = record.maxCatchUp;
    this.recovery = record.recovery;
    this.priority = record.priority;
    this.tags = record.tags;
    this.metadata = record.metadata;
    this.state = record.state;
    this.nextFireAt = toDate(record.nextFireAt);
    this.lastFireAt = toDate(record.lastFireAt);
    this.fireCount = record.fireCount;
    this.version = record.version;
    this.origin = record.origin;
    this.error = record.error;
    this.createdAt = toDate(record.createdAt);
    this.updatedAt = toDate(record.updatedAt);
    this.#actions = actions;
  }

  /** Same as `SchedulerService.modifyJob`. */
  modify(changes: JobChanges, options?: OperationOptions): Promise<Job> {
    return this.#actions.modifyJob(this.id, changes, this.here(options));
  }

  /** Same as `SchedulerService.rescheduleJob`. */
  reschedule(trigger: TriggerInput, options?: OperationOptions): Promise<Job> {
    return this.#actions.rescheduleJob(this.id, trigger, this.here(options));
  }

  /** Same as `SchedulerService.pauseJob`. */
  pause(options?: OperationOptions): Promise<Job> {
    return this.#actions.pauseJob(this.id, this.here(options));
  }

  /** Same as `SchedulerService.resumeJob`. */
  resume(options?: OperationOptions): Promise<Job> {
    return this.#actions.resumeJob(this.id, this.here(options));
  }

  /** Same as `SchedulerService.removeJob`. */
  remove(options?: OperationOptions): Promise<void> {
    return this.#actions.removeJob(this.id, this.here(options));
  }

  /** Same as `SchedulerService.runJob`. */
  run(options?: OperationOptions): Promise<Run> {
    return this.#actions.runJob(this.id, this.here(options));
  }

  private here(options?: OperationOptions): OperationOptions {
    return { ...options, store: this.store };
  }
}
