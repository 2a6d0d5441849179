import type { JobContext } from '../../../lib/core/job-context.js';
import type { JobStore } from '../../../lib/core/job-store.js';
import { SystemClock } from '../../../lib/core/clock.js';
import { memoryStore } from '../../../lib/stores/memory/index.js';
import { PostgresJobStore } from '../../../lib/stores/typeorm/postgres.job-store.js';
import { readSettings } from '../../../lib/stores/typeorm/typeorm-store.options.js';
import { createDatabase } from '../postgres/index.js';
import type { TestSchedulerOptions } from '../test-scheduler.js';
import { TestScheduler } from '../test-scheduler.js';
import type { VirtualClock } from '../virtual-clock.js';

/** Where the jobs of a test are. */
export type StoreKind = 'memory' | 'postgres';

export interface RealSchedulerOptions extends Omit<TestSchedulerOptions, 'store' | 'clock'> {
  readonly handlers: Readonly<Record<string, (context: JobContext) => unknown>>;
  /** The instant at which the clock of the database stands still. */
  readonly frozenAt?: Date;
  /** The database of another one, to share it. It is left alone in the end. */
  readonly url?: string;
}

/** A scheduler on the clocks of the machine, with its jobs in memory or in a database of their own. */
export class RealScheduler {
  private constructor(
    readonly test: TestScheduler,
    /** The database, if there is one. */
    readonly url: string,
    private readonly dispose: () => Promise<void>,
  ) {}

  static async start(
    kind: StoreKind,
    { frozenAt, url: shared, ...options }: RealSchedulerOptions,
  ): Promise<RealScheduler> {
    const { store, url, dispose } = await makeStore(kind, frozenAt, shared);
    const clock = frozenAt && kind === 'memory' ? new FrozenClock(frozenAt) : new SystemClock();
    const test = new TestScheduler({ ...options, store, clock: clock as unknown as VirtualClock });
    const real = new RealScheduler(test, url, dispose);
    try {
      await test.scheduler.start();
    } catch (error) {
      await real.stop();
      throw error;
    }
    return real;
  }

  /** Waits for what runs, for as long as the scheduler does. */
  async stop(): Promise<void> {
    await this.test.scheduler.shutdown();
    await this.dispose();
  }
}

/** Its timers ring, but it shows one and the same time. */
class FrozenClock extends SystemClock {
  constructor(private readonly at: Date) {
    super();
  }

  override now(): number {
    return this.at.getTime();
  }
}

async function makeStore(
  kind: StoreKind,
  frozenAt: Date | undefined,
  shared: string | undefined,
): Promise<{ store: JobStore; url: string; dispose: () => Promise<void> }> {
  if (kind === 'memory') {
    return { store: memoryStore(), url: '', dispose: async () => {} };
  }
  const database =
    shared === undefined ? await createDatabase() : { url: shared, drop: async () => {} };
  const settings = readSettings({ type: 'postgres', url: database.url });
  const now = frozenAt && `timestamptz '${frozenAt.toISOString()}'`;
  return {
    store: new PostgresJobStore(settings, now),
    url: database.url,
    dispose: () => database.drop(),
  };
}
