import { DeclaredJobError } from '../../core/errors/declared-job.error.js';
import { InvalidJobError } from '../../core/errors/invalid-job.error.js';
import { JobLookupError } from '../../core/errors/job-lookup.error.js';
import type { JobChangeEvent, JobsRemovedEvent } from '../../core/events.js';
import type { Edit, EditOptions } from '../../core/job-store.js';
import type { JobOrigin, JobRecord } from '../../core/job.js';
import type {
  JobChanges,
  JobDefinition,
  JobFilterOptions,
  OperationOptions,
  TriggerInput,
} from '../definition/job-definition.js';
import type { JobFactory, PreparedJob } from '../definition/job-factory.js';
import type { StoreHost } from '../node/store-host.js';
import type { StoreHosts } from '../node/store-hosts.js';
import type { JobActions } from '../view/job.js';
import { Job } from '../view/job.js';
import type { Run } from '../view/run.js';
import { toRun } from '../view/run.js';
import { isJobId } from '../definition/job-id.js';
import { operationSchema } from '../definition/operation.schema.js';
import { parse } from '../definition/parse.js';
import { modify, pause, redefine, resume } from './edits.js';
import type { JobQueries } from './job-queries.js';
import { planManualRun } from './manual-run.js';

/** What the operations tell of themselves. */
export type OperationEvent =
  Omit<JobChangeEvent, 'at' | 'nodeId'> | Omit<JobsRemovedEvent, 'at' | 'nodeId'>;

/** Everything that users do to jobs. */
export class JobOperations implements JobActions {
  constructor(
    private readonly hosts: StoreHosts,
    private readonly factory: JobFactory,
    private readonly queries: JobQueries,
    private readonly emit: (event: OperationEvent, host: StoreHost) => void,
  ) {}

  async addJob(definition: JobDefinition, options?: OperationOptions): Promise<Job> {
    const [job] = await this.addJobs([definition], options);
    return job as Job;
  }

  /** All definitions are checked before the first is written; those of one store are added together or not at all. */
  async addJobs(
    definitions: readonly JobDefinition[],
    given: OperationOptions = {},
  ): Promise<readonly Job[]> {
    const options = parse(operationSchema, given, 'options');
    if (!Array.isArray(definitions)) {
      throw new InvalidJobError('definitions', definitions, 'Give an array of definitions.');
    }
    const prepared = definitions.map((definition) =>
      this.prepare(
        options.store === undefined ? definition : { store: options.store, ...definition },
        'api',
      ),
    );
    const jobs = new Map<PreparedJob, Job>();
    for (const [host, group] of this.byStore(prepared)) {
      for (const [job, record] of await this.store(host, group, editOptions(options))) {
        jobs.set(job, this.view(record, host));
      }
    }
    return prepared.flatMap((job) => jobs.get(job) ?? []);
  }

  /** What makes a stored job what its definition says now. Where it stood at first is not said again. */
  redefinition(prepared: PreparedJob): Edit {
    return redefine({ ...prepared, isPlaced: false }, this.factory);
  }

  prepare(definition: JobDefinition, origin: JobOrigin): PreparedJob {
    return this.factory.prepare(definition, origin, (store) => this.hosts.get(store).now());
  }

  async modifyJob(id: string, changes: JobChanges, options?: OperationOptions): Promise<Job> {
    const prepared = this.factory.prepareChanges(changes);
    return this.edit(id, modify(prepared, this.factory), options);
  }

  async rescheduleJob(id: string, trigger: TriggerInput, options?: OperationOptions): Promise<Job> {
    // Not given is no change to modifyJob, and here it is a mistake.
    return this.modifyJob(id, { trigger: trigger ?? (null as never) }, options);
  }

  async pauseJob(id: string, options?: OperationOptions): Promise<Job> {
    return this.edit(id, pause, options);
  }

  async resumeJob(id: string, options?: OperationOptions): Promise<Job> {
    return this.edit(id, resume(this.factory), options);
  }

  async removeJob(id: string, options?: OperationOptions): Promise<void> {
    for (const host of this.candidates(id, options)) {
      const removed = await host.ask((store) =>
        store.removeJob(id, refuseDeclared, editOptions(options)),
      );
      if (removed) {
        this.tell('job.removed', id, host);
        return;
      }
    }
    throw new JobLookupError(id);
  }

  /** Removes jobs that match and are not declared in code. */
  async removeAllJobs(filter: JobFilterOptions = {}): Promise<number> {
    let total = 0;
    for (const [host, jobs] of await this.queries.matching(filter)) {
      let count = 0;
      for (const { id } of jobs.filter(({ origin }) => origin === 'api')) {
        const removed = await host.ask((store) => store.removeJob(id, refuseDeclared));
        count += removed ? 1 : 0;
      }
      this.emit({ type: 'jobs.removed_all', store: host.alias, count }, host);
      total += count;
    }
    return total;
  }

  pauseJobs(filter: JobFilterOptions): Promise<number> {
    return this.editAll(filter, pause);
  }

  resumeJobs(filter: JobFilterOptions): Promise<number> {
    return this.editAll(filter, resume(this.factory));
  }

  /** Adds a run now, beside the schedule. Its turn comes as that of any other run of the job. */
  async runJob(id: string, options?: OperationOptions): Promise<Run> {
    for (const host of this.candidates(id, options)) {
      const run = await host.ask((store) => store.addRun(id, planManualRun, editOptions(options)));
      if (run) {
        wake(host, run.startAt, options);
        return toRun(run, host.alias);
      }
    }
    throw new JobLookupError(id);
  }

  view(record: JobRecord, host: StoreHost): Job {
    return new Job(record, host.alias, this);
  }

  /** Prepared jobs by the store that each goes to. */
  byStore(jobs: readonly PreparedJob[]): ReadonlyMap<StoreHost, readonly PreparedJob[]> {
    const groups = new Map<StoreHost, PreparedJob[]>();
    for (const job of jobs) {
      const host = this.hosts.get(job.store);
      const group = groups.get(host);
      if (group) {
        group.push(job);
      } else {
        groups.set(host, [job]);
      }
    }
    return groups;
  }

  /** Adds jobs, or makes those that are there what their definitions say. */
  private async store(
    host: StoreHost,
    jobs: readonly PreparedJob[],
    options: EditOptions,
  ): Promise<Map<PreparedJob, JobRecord>> {
    const stored = new Map<PreparedJob, JobRecord>();
    const fresh: PreparedJob[] = [];
    for (const prepared of jobs) {
      const present = prepared.replaceExisting
        ? await host.ask((store) =>
            store.editJob(prepared.job.id, redefine(prepared, this.factory), options),
          )
        : null;
      if (present) {
        stored.set(prepared, present);
        this.tell('job.added', present.id, host);
        wake(host, present.nextFireAt, options);
      } else {
        fresh.push(prepared);
      }
    }
    const added = await this.addFresh(host, fresh, options);
    added.forEach((record, index) => stored.set(fresh[index] as PreparedJob, record));
    return stored;
  }

  private async addFresh(
    host: StoreHost,
    fresh: readonly PreparedJob[],
    options: EditOptions,
  ): Promise<readonly JobRecord[]> {
    if (fresh.length === 0) {
      return [];
    }
    const jobs = fresh.map(({ job }) => job);
    const records = await host.ask((store) => store.addJobs(jobs, options));
    for (const { id, state, nextFireAt } of records) {
      this.tell('job.added', id, host);
      wake(host, nextFireAt, options);
      if (state === 'finished') {
        this.tell('job.finished', id, host);
      }
    }
    return records;
  }

  private async edit(id: string, edit: Edit, options?: OperationOptions): Promise<Job> {
    for (const host of this.candidates(id, options)) {
      const { record } = await this.editIn(host, id, edit, editOptions(options));
      if (record) {
        return this.view(record, host);
      }
    }
    throw new JobLookupError(id);
  }

  private async editAll(filter: JobFilterOptions, edit: Edit): Promise<number> {
    let count = 0;
    for (const [host, jobs] of await this.queries.matching(filter)) {
      for (const { id } of jobs) {
        const { isChanged } = await this.editIn(host, id, edit);
        count += isChanged ? 1 : 0;
      }
    }
    return count;
  }

  private async editIn(
    host: StoreHost,
    id: string,
    edit: Edit,
    options?: EditOptions,
  ): Promise<{ readonly record: JobRecord | null; readonly isChanged: boolean }> {
    let isChanged = false;
    const noting: Edit = (job, now) => {
      const change = edit(job, now);
      isChanged = change !== null;
      return change;
    };
    const record = await host.ask((store) => store.editJob(id, noting, options));
    if (record && isChanged) {
      this.tell('job.modified', id, host);
      wake(host, record.nextFireAt, options);
    }
    return { record, isChanged: record !== null && isChanged };
  }

  /** The stores in which a job of that id is looked for. One without transactions cannot take part in a transaction. */
  private candidates(id: string, given: OperationOptions = {}): readonly StoreHost[] {
    const options = parse(operationSchema, given, 'options');
    const hosts = isJobId(id) ? this.hosts.select(options.store) : [];
    return options.manager === undefined || options.store !== undefined
      ? hosts
      : hosts.filter(({ store }) => store.kind !== 'memory');
  }

  private tell(type: JobChangeEvent['type'], jobId: string, host: StoreHost): void {
    this.emit({ type, jobId, store: host.alias }, host);
  }
}

/**
 * What this process wrote it knows without being told. A write within a caller's transaction is not there yet: the
 * store tells of it when it is.
 */
function wake(host: StoreHost, at: number | null, { manager }: EditOptions = {}): void {
  if (at !== null && manager === undefined) {
    host.node?.wake(at);
  }
}

function refuseDeclared({ id, origin }: JobRecord): void {
  if (origin === 'code') {
    throw new DeclaredJobError(id);
  }
}

function editOptions(options: OperationOptions = {}): EditOptions {
  const { manager, ifVersion } = options;
  return {
    ...(manager !== undefined && { manager }),
    ...(ifVersion !== undefined && { ifVersion }),
  };
}
