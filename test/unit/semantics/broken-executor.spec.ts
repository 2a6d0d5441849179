import { afterEach, describe, expect, it } from '@jest/globals';
import type { Task } from '../../../lib/core/executor.js';
import { Executor } from '../../../lib/core/executor.js';
import { inProcess } from '../../../lib/executors/in-process.executor.js';
import { interval } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';

/** Takes nothing while it `isBroken`, and says so at once, or in a while. */
class FragileExecutor extends Executor {
  readonly concurrency = 5;
  isBroken = false;
  private readonly inner = inProcess();

  constructor(private readonly refuses: 'at once' | 'in a while') {
    super();
  }

  async open(): Promise<void> {}

  execute(task: Task): Promise<unknown> {
    if (!this.isBroken) {
      return this.inner.execute(task);
    }
    const error = Object.assign(new Error('the pool is gone'), { code: 'POOL_GONE' });
    if (this.refuses === 'at once') {
      throw error;
    }
    return Promise.reject(error);
  }

  async close(): Promise<void> {}
}

describe.each(['at once', 'in a while'] as const)(
  'An executor that refuses work (%s)',
  (refuses) => {
    const executor = new FragileExecutor(refuses);
    const test = new TestScheduler({
      executors: { default: inProcess(), fragile: executor },
      handlers: { work: () => {} },
    });

    afterEach(async () => {
      await test.stop();
    });

    it('fails the runs that it refuses, in an event and on record, and nothing else', async () => {
      await test.scheduler.start();
      const { operations } = test.scheduler;
      const job = { handler: 'work', trigger: interval(1000) };
      await operations.addJob({ id: 'fragile', executor: 'fragile', ...job });
      await operations.addJob({ id: 'sound', ...job });
      executor.isBroken = true;
      // More often than it has places: those that it refused are free again.
      await test.clock.advance(10_500);

      expect(test.told('fragile').slice(1)).toEqual(
        Array.from({ length: 10 }, () => ['job.submitted', 'job.error']).flat(),
      );
      expect(test.ofType('job.error')[0]).toMatchObject({
        jobId: 'fragile',
        error: { message: 'the pool is gone', code: 'POOL_GONE' },
      });
      const { items } = await test.scheduler.getRuns({ jobId: 'fragile' });
      expect(items.map(({ state }) => state)).toEqual(Array(10).fill('failed'));
      expect(test.ofType('job.executed')).toHaveLength(10);

      executor.isBroken = false;
      await test.clock.advance(1000);
      expect(test.told('fragile').at(-1)).toBe('job.executed');
    });
  },
);
