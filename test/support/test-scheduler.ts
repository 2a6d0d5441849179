import type { SchedulerEvent } from '../../lib/core/events.js';
import type { EventOf } from '../../lib/nest/events/event-of.js';
import type { Executor, Handler } from '../../lib/core/executor.js';
import type { JobContext } from '../../lib/core/job-context.js';
import type { JobStore } from '../../lib/core/job-store.js';
import { Scheduler } from '../../lib/engine/scheduler.js';
import type { SchedulerOptions } from '../../lib/engine/scheduler.options.js';
import { inProcess } from '../../lib/executors/in-process.executor.js';
import { TriggerRegistry } from '../../lib/triggers/index.js';
import { memoryStore } from '../../lib/stores/memory/index.js';
import { VirtualClock } from './virtual-clock.js';

type HandlerBody = (context: JobContext) => unknown;

const quiet = { log() {}, warn() {}, error() {}, debug() {} };

export interface TestSchedulerOptions extends Partial<Omit<SchedulerOptions, 'handlers' | 'emit'>> {
  readonly store?: JobStore;
  readonly executor?: Executor;
  readonly handlers?: Readonly<Record<string, HandlerBody>>;
}

/** A scheduler on a virtual clock and a memory store, that keeps what it tells. */
export class TestScheduler {
  readonly clock: VirtualClock;
  readonly events: SchedulerEvent[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly scheduler: Scheduler;

  constructor({ store, executor, handlers = {}, ...options }: TestSchedulerOptions = {}) {
    this.clock = (options.clock as VirtualClock | undefined) ?? new VirtualClock();
    for (const [name, body] of Object.entries(handlers)) {
      this.handle(name, body);
    }
    this.scheduler = new Scheduler({
      clock: this.clock,
      stores: { default: store ?? memoryStore() },
      executors: { default: executor ?? inProcess() },
      jobDefaults: {},
      timezone: 'UTC',
      triggers: TriggerRegistry.builtIn,
      lead: 200,
      sweepInterval: 15_000,
      lease: { ttl: 10_000, renew: 3_000, margin: 2_000 },
      shutdownTimeout: 10_000,
      events: 'local',
      logger: quiet,
      jobLogger: () => quiet,
      ...options,
      handlers: {
        get: (name) => this.handlers.get(name),
        names: () => [...this.handlers.keys()],
      },
      emit: (event) => this.events.push(event),
    });
  }

  handle(name: string, invoke: HandlerBody): void {
    this.handlers.set(name, { name, invoke });
  }

  /** Shuts down, letting the time pass that handlers are given to stop. */
  async stop(): Promise<void> {
    const done = this.scheduler.shutdown({ wait: false });
    await this.clock.advance(1000);
    await done;
  }

  /** What was told of a job: types in order. */
  told(jobId: string): string[] {
    return this.events
      .filter((event) => 'jobId' in event && event.jobId === jobId)
      .map((event) => event.type);
  }

  ofType<T extends SchedulerEvent['type']>(...types: readonly T[]): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> =>
      (types as readonly string[]).includes(event.type),
    );
  }
}
