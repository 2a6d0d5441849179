import { SchedulerStateError } from '../core/errors/scheduler-state.error.js';
import type { CancelTimer } from '../core/clock.js';
import type { SchedulerEvent, SchedulerStateEvent } from '../core/events.js';
import type { Executor } from '../core/executor.js';
import type { JobStore } from '../core/job-store.js';
import { preview } from '../triggers/index.js';
import type {
  JobDeclaration,
  JobFilterOptions,
  JobQuery,
  OperationOptions,
  PageOf,
  RunQuery,
  TriggerInput,
} from './definition/job-definition.js';
import { JobFactory } from './definition/job-factory.js';
import { operationSchema } from './definition/operation.schema.js';
import { parse } from './definition/parse.js';
import { Dispatcher } from './firing/dispatcher.js';
import { ExecutorDirectory } from './firing/executor-directory.js';
import { toRunError } from './firing/run-error.js';
import { TriggerCache } from './firing/trigger-cache.js';
import { StoreHost } from './node/store-host.js';
import { StoreHosts } from './node/store-hosts.js';
import type { NodeSurroundings } from './node/node-surroundings.js';
import type { ReconciledJob } from './operations/declared-jobs.js';
import { reconcileDeclared, reconciledEvents } from './operations/declared-jobs.js';
import type { ImportOptions, JobExport } from './operations/job-export.js';
import { exportJobs, importJobs } from './operations/job-export.js';
import { JobOperations } from './operations/job-operations.js';
import { JobQueries } from './operations/job-queries.js';
import type { SchedulerOptions, SchedulerState, ShutdownOptions } from './scheduler.options.js';
import type { Job } from './view/job.js';
import type { Run } from './view/run.js';

/** The scheduler of one process: stores, executors and handlers, put to work. */
export class Scheduler {
  readonly operations: JobOperations;
  readonly queries: JobQueries;

  private readonly hosts = new StoreHosts();
  private readonly executors: ExecutorDirectory;
  private readonly around: NodeSurroundings;
  private readonly id: string;
  private declarations: readonly JobDeclaration[] = [];
  private current: SchedulerState = 'stopped';
  /** Between the beginning of a start and the end of the shutdown: what is added meanwhile is opened at once. */
  private open = false;
  private letGo: CancelTimer | null = null;
  private stopping: Promise<void> | null = null;

  constructor(private readonly options: SchedulerOptions) {
    const { clock, handlers } = options;
    this.id = clock.id();
    this.around = {
      options: { ...options, emit: (event, isRemote) => this.emit(event, isRemote) },
      dispatcher: new Dispatcher(clock, handlers, () => this.roomAgain()),
      triggers: new TriggerCache(options.triggers),
    };
    for (const [alias, store] of Object.entries(options.stores)) {
      this.hosts.add(new StoreHost(alias, store, this.around));
    }
    this.executors = new ExecutorDirectory(
      options.executors,
      this.around.dispatcher,
      (type, executor) => this.emit({ type, ...this.origin(), executor }),
    );
    const factory = new JobFactory({
      ...options,
      checkStore: (alias) => void this.hosts.get(alias),
      checkExecutor: (alias) => this.executors.check(alias),
    });
    this.queries = new JobQueries(this.hosts);
    this.operations = new JobOperations(this.hosts, factory, this.queries, (event, host) =>
      this.emit({ ...event, at: new Date(host.now()), nodeId: host.node?.nodeId ?? this.id }),
    );
  }

  get state(): SchedulerState {
    return this.current;
  }

  /** Jobs that the code declares. They are made so in the stores whenever the scheduler starts. */
  declare(declarations: readonly JobDeclaration[]): void {
    this.declarations = declarations;
  }

  /**
   * Opens executors and stores, makes the stored jobs what the code declares, and begins to fire. If any of it fails,
   * nothing is left behind.
   *
   * @param onDeclared told of each declared job as it is stored now
   * @throws SchedulerStateError if it has started already
   */
  async start(
    { paused = false }: { readonly paused?: boolean } = {},
    onDeclared: (job: ReconciledJob) => void = () => {},
  ): Promise<void> {
    if (this.open) {
      throw new SchedulerStateError(
        'start()',
        this.current === 'stopped' ? 'starting' : this.current,
      );
    }
    this.open = true;
    this.letGo = this.options.clock.keepAlive();
    try {
      await this.executors.openAll();
      for (const host of this.hosts.all()) {
        await this.joinStore(host);
      }
      await reconcileDeclared(this.operations, this.declarations, (host, job) => {
        for (const event of reconciledEvents(host.alias, job)) {
          this.emit({ ...event, ...this.origin() });
        }
        onDeclared(job);
      });
    } catch (error) {
      await this.closeAll(this.options.clock.monotonic());
      throw error;
    }
    this.current = paused ? 'paused' : 'running';
    this.tell('scheduler.started');
    if (!paused) {
      this.hosts.all().forEach(({ node }) => node?.work());
    }
  }

  /**
   * Stops this process from firing. Runs that have begun go on; what it had claimed ahead goes to other processes.
   *
   * @throws SchedulerStateError if it has not started
   */
  async pause(): Promise<void> {
    this.requireStarted('pause()');
    if (this.current === 'running') {
      this.current = 'paused';
      await this.rest();
      this.tell('scheduler.paused');
    }
  }

  /** @throws SchedulerStateError if it has not started */
  async resume(): Promise<void> {
    this.requireStarted('resume()');
    if (this.current === 'paused') {
      this.current = 'running';
      this.tell('scheduler.resumed');
      this.hosts.all().forEach(({ node }) => node?.work());
    }
  }

  /** Fires nothing more and gives back what has not begun. The first half of `shutdown`. */
  async rest(): Promise<void> {
    await Promise.all(this.hosts.all().map((host) => host.rest()));
  }

  /**
   * Stops firing, waits for running handlers, tells those to stop that take too long, and closes everything. Called
   * again meanwhile, it ends with the call before, which `wait: false` brings to an end.
   */
  async shutdown(options?: ShutdownOptions): Promise<void> {
    if (this.stopping && options?.wait === false) {
      this.hosts.all().forEach((host) => host.hurry());
    }
    this.stopping ??= this.stop(options).finally(() => {
      this.stopping = null;
    });
    await this.stopping;
  }

  async getJob(id: string, options: OperationOptions = {}): Promise<Job | null> {
    const { store } = parse(operationSchema, options, 'options');
    const found = await this.queries.job(id, store);
    return found && this.operations.view(found.record, found.host);
  }

  async getJobs(query?: JobQuery): Promise<PageOf<Job>> {
    const { items, nextCursor } = await this.queries.jobs(query);
    return {
      items: items.map(({ record, host }) => this.operations.view(record, host)),
      nextCursor,
    };
  }

  getRun(id: string): Promise<Run | null> {
    return this.queries.run(id);
  }

  getRuns(query?: RunQuery): Promise<PageOf<Run>> {
    return this.queries.runs(query);
  }

  /** Instants at which a job with this trigger would fire, if it were added at `from`. */
  preview(trigger: TriggerInput, count: number, from?: Date): Date[] {
    const { clock, timezone, triggers } = this.options;
    return preview(trigger, count, from ?? new Date(clock.now()), timezone, triggers);
  }

  exportJobs(filter?: JobFilterOptions): Promise<JobExport> {
    return exportJobs(this.queries, filter);
  }

  importJobs(data: JobExport, options?: ImportOptions): Promise<readonly Job[]> {
    return importJobs(this.operations, data, options);
  }

  /** @throws AliasTakenError */
  async addStore(alias: string, store: JobStore): Promise<void> {
    const host = new StoreHost(alias, store, this.around);
    this.hosts.add(host);
    if (this.open) {
      try {
        await this.joinStore(host);
      } catch (error) {
        this.hosts.remove(alias);
        await host.close(this.options.clock.monotonic());
        throw error;
      }
      if (this.current === 'running') {
        host.node?.work();
      }
    }
  }

  /** Waits for its running jobs as `shutdown` does. @throws UnknownStoreError */
  async removeStore(alias: string): Promise<void> {
    const { clock, shutdownTimeout } = this.options;
    const host = this.hosts.remove(alias);
    await host.node?.rest();
    await host.close(clock.monotonic() + shutdownTimeout);
    this.emit({ type: 'store.removed', ...this.origin(), store: alias });
  }

  /** @throws AliasTakenError */
  async addExecutor(alias: string, executor: Executor): Promise<void> {
    await this.executors.add(alias, executor, this.open);
    this.hosts.all().forEach(({ node }) => node?.wake(0));
  }

  /** Jobs of the executor stay, and fire where another process has it. @throws UnknownExecutorError */
  async removeExecutor(alias: string): Promise<void> {
    await this.executors.remove(alias, async (waiting) => {
      for (const { alias: store, node } of this.hosts.all()) {
        await node?.giveBack(waiting.filter((attempt) => attempt.store === store));
      }
    });
  }

  private async stop({ wait = true, timeout }: ShutdownOptions = {}): Promise<void> {
    const patience = wait ? (timeout ?? this.options.shutdownTimeout) : 0;
    const deadline = this.options.clock.monotonic() + patience;
    const wasStarted = this.current !== 'stopped';
    this.current = 'stopped';
    await this.rest();
    await this.closeAll(deadline);
    if (wasStarted) {
      this.tell('scheduler.shutdown');
    }
  }

  private async joinStore(host: StoreHost): Promise<void> {
    await host.join();
    this.emit({ type: 'store.added', ...this.origin(), store: host.alias });
  }

  private async closeAll(deadline: number): Promise<void> {
    await Promise.all(this.hosts.all().map((host) => host.close(deadline)));
    await this.executors.closeAll();
    this.letGo?.();
    this.letGo = null;
    this.open = false;
  }

  private requireStarted(operation: string): void {
    if (this.current === 'stopped') {
      throw new SchedulerStateError(operation, this.current);
    }
  }

  private roomAgain(): void {
    this.hosts.all().forEach(({ node }) => node?.roomAgain());
  }

  private tell(type: SchedulerStateEvent['type']): void {
    this.emit({ type, ...this.origin() });
  }

  private origin(): { readonly at: Date; readonly nodeId: string } {
    return { at: new Date(this.options.clock.now()), nodeId: this.id };
  }

  private emit(event: SchedulerEvent, isRemote = false): void {
    try {
      this.options.emit(event, isRemote);
    } catch (error) {
      this.options.logger.error(`An event could not be told: ${toRunError(error).message}`);
    }
  }
}
