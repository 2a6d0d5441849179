import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable, Logger, Module } from '@nestjs/common';
import type { JobContext } from '../../../lib/index.js';
import {
  at,
  Cron,
  DeclaredJobError,
  Interval,
  JobHandler,
  StoreUnavailableError,
  Timeout,
} from '../../../lib/index.js';
import { MemoryData, MemoryJobStore } from '../../../lib/stores/memory/index.js';
import { boot, build, closeAppsAfterEach, longAgo, signal } from './support.js';

describe('the start of the application', () => {
  closeAppsAfterEach();

  let logged: jest.SpiedFunction<Logger['log']>;

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  });

  afterEach(() => logged.mockRestore());

  const lines = (): string[] => logged.mock.calls.map(([text]) => String(text));

  it('writes one line for each declared job', async () => {
    @Injectable()
    class Reports {
      @Cron('30 5 1 1 *', { timezone: 'Europe/Berlin', startDate: '2999-01-01' })
      yearly(): void {}

      @Interval({ minutes: 5 }, { id: 'visits', startDate: '2999-01-01T00:00:00Z' })
      visits(): void {}

      @Cron('0 0 1 1 *', { id: 'second' })
      @Cron('0 0 2 2 *', { startDate: '2999-01-01' })
      twice(): void {}

      @Timeout(100)
      later(): void {}

      @JobHandler()
      send(): void {}
    }

    await boot({ providers: [Reports] });
    expect(lines().filter((line) => line.startsWith('Mapped {'))).toEqual([
      'Mapped {Reports.yearly} cron "30 5 1 1 *" Europe/Berlin, next 2999-01-01T04:30:00.000Z',
      expect.stringMatching(
        /^Mapped \{Reports.visits as visits\} every 5 minutes.*, next 2999-01-01T00:00:00.000Z$/,
      ),
      expect.stringMatching(/^Mapped \{Reports.twice as second\} cron "0 0 1 1 \*" UTC, next /),
      'Mapped {Reports.twice#2} cron "0 0 2 2 *" UTC, next 2999-02-02T00:00:00.000Z',
      expect.stringMatching(/^Mapped \{Reports.later\} once at .*, next /),
    ]);
  });

  it('fails when a store cannot be opened, and leaves nothing running', async () => {
    class ClosedStore extends MemoryJobStore {
      override async open(): Promise<void> {
        throw new Error('connection refused');
      }
    }

    const store = new ClosedStore(new MemoryData(1), 'locking');
    const app = await build({}, { stores: { default: store } });
    const starting = app.context.init();
    await expect(starting).rejects.toThrow(StoreUnavailableError);
    await expect(starting).rejects.toThrow(/connection refused/);
    expect(app.scheduler.state).toBe('stopped');
    expect(app.clock.timers.size).toBe(0);
  });

  it('fails with another module, after which close() stops everything', async () => {
    @Module({})
    class FailingModule {
      onApplicationBootstrap(): never {
        throw new Error('on purpose');
      }
    }

    const app = await build({ imports: [FailingModule] });
    await expect(app.context.init()).rejects.toThrow('on purpose');
    await app.context.close();
    expect(app.scheduler.state).toBe('stopped');
    expect(app.clock.timers.size).toBe(0);
  });

  it('does not bring back what it declares when that is to be removed', async () => {
    @Injectable()
    class Reports {
      @Cron('0 1 * * *', { id: 'report' })
      work(): void {}
    }

    const { scheduler } = await boot({ providers: [Reports] });
    await expect(scheduler.removeJob('report')).rejects.toThrow(DeclaredJobError);
    expect(await scheduler.removeAllJobs()).toBe(0);
    expect(await scheduler.getJob('report')).not.toBeNull();
  });
});

describe('the end of the application', () => {
  closeAppsAfterEach();

  it('waits for running jobs, which can use what others close at the very end', async () => {
    const started = signal();
    const released = signal();

    @Injectable()
    class Database {
      isOpen = true;

      query(): string {
        return this.isOpen ? 'rows' : 'closed';
      }

      onApplicationShutdown(): void {
        this.isOpen = false;
      }
    }

    @Injectable()
    class Reports {
      constructor(private readonly database: Database) {}

      @JobHandler('report')
      async report(): Promise<string> {
        started.resolve();
        await released.promise;
        return this.database.query();
      }
    }

    const app = await boot({ providers: [Reports, Database] });
    await app.scheduler.addJob({ id: 'report', handler: 'report', trigger: at(longAgo) });
    await started.promise;
    const closing = app.context.close();
    released.resolve();
    await closing;
    const { result } = await app.event('job.executed', 'report');
    expect(result).toBe('rows');
    expect(app.types().slice(-2)).toEqual(['job.executed', 'scheduler.shutdown']);
    expect(app.scheduler.state).toBe('stopped');
  });

  it('begins nothing more as soon as modules are destroyed', async () => {
    const started = signal();
    const released = signal();
    let beginsAfterDestroy = 0;
    let isDestroyed = false;

    @Injectable()
    class Busy {
      @JobHandler('wait')
      async wait(): Promise<void> {
        started.resolve();
        await released.promise;
      }

      @Interval(5, { maxInstances: 100 })
      tick(): void {
        beginsAfterDestroy += isDestroyed ? 1 : 0;
      }
    }

    @Module({})
    class SlowModule {
      // Runs after the scheduler's own hook, since all hooks of one phase come before those of the next.
      async beforeApplicationShutdown(): Promise<void> {
        isDestroyed = true;
      }
    }

    const app = await boot({ providers: [Busy], imports: [SlowModule] });
    await app.event('job.executed', 'Busy.tick');
    await app.scheduler.addJob({ id: 'wait', handler: 'wait', trigger: at(longAgo) });
    await started.promise;
    const closing = app.context.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    released.resolve();
    await closing;
    expect(isDestroyed).toBe(true);
    expect(beginsAfterDestroy).toBe(0);
  });

  it('tells handlers to stop that take longer than shutdownTimeout', async () => {
    const started = signal();

    @Injectable()
    class Stubborn {
      @JobHandler('listen')
      listen(ctx: JobContext): Promise<string> {
        started.resolve();
        return new Promise((resolve) => {
          ctx.signal.addEventListener('abort', () => resolve('told'));
        });
      }
    }

    const app = await boot({ providers: [Stubborn] }, { shutdownTimeout: 50 });
    await app.scheduler.addJob({ id: 'a', handler: 'listen', trigger: at(longAgo) });
    await started.promise;
    await app.context.close();
    expect((await app.event('job.executed', 'a')).result).toBe('told');
  });

  it('does not wait for ever for a handler that never settles', async () => {
    const started = signal();

    @Injectable()
    class Stuck {
      @JobHandler('hang')
      hang(): Promise<never> {
        started.resolve();
        return new Promise(() => {});
      }
    }

    const app = await boot({ providers: [Stuck] }, { shutdownTimeout: 20 });
    await app.scheduler.addJob({ id: 'a', handler: 'hang', trigger: at(longAgo) });
    await started.promise;
    await app.context.close();
    expect(app.types('a')).toContain('job.abandoned');
  });

  it('closes a store that was only used to add a job', async () => {
    const closed = jest.fn();

    class WatchedStore extends MemoryJobStore {
      override async close(): Promise<void> {
        closed();
        await super.close();
      }
    }

    @Injectable()
    class Handlers {
      @JobHandler('work')
      work(): void {}
    }

    const store = new WatchedStore(new MemoryData(1), 'locking');
    const options = { autoStart: false, stores: { default: store } };
    const app = await boot({ providers: [Handlers] }, options);
    await app.scheduler.addJob({ id: 'a', handler: 'work', trigger: at(longAgo) });
    await app.context.close();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
