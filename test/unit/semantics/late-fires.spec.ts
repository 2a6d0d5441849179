import { afterEach, describe, expect, it } from '@jest/globals';
import { inProcess } from '../../../lib/executors/in-process.executor.js';
import { at } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';

const START = Date.parse('2026-01-05T00:00:00Z');
const LATE_MS = 5000;

describe('Jobs that have to wait for a place to run', () => {
  let test: TestScheduler;
  const order: string[] = [];

  afterEach(async () => {
    await test.stop();
  });

  /** There is one place, and it is taken until `release` is called. */
  async function crowded(): Promise<() => void> {
    order.length = 0;
    let release = (): void => undefined;
    test = new TestScheduler({
      executor: inProcess({ concurrency: 1 }),
      handlers: {
        long: () => new Promise<void>((resolve) => (release = resolve)),
        work: ({ jobId }) => void order.push(jobId),
      },
    });
    await test.scheduler.start();
    const trigger = at(new Date(START + 500));
    await test.scheduler.operations.addJob({ id: 'long', handler: 'long', trigger });
    await test.clock.advance(500);
    return () => release();
  }

  it('are late by that wait too: missed beyond their grace, and run up to it to the millisecond', async () => {
    const release = await crowded();
    const trigger = at(new Date(START + 1000));
    await test.scheduler.operations.addJobs([
      { id: 'strict', handler: 'work', trigger, misfireGraceTime: LATE_MS - 1 },
      { id: 'exact', handler: 'work', trigger, misfireGraceTime: LATE_MS },
      { id: 'patient', handler: 'work', trigger },
    ]);
    await test.clock.advanceTo(new Date(START + 1000 + LATE_MS).toISOString());
    expect(order).toEqual([]);
    release();
    // In this very millisecond the place is free again.
    await test.clock.advance(0);
    await test.clock.advance(100);

    expect(test.ofType('job.missed')).toMatchObject([{ jobId: 'strict', reason: 'misfire' }]);
    expect(order.toSorted()).toEqual(['exact', 'patient']);
  });

  it('go by priority, and by their instants within one', async () => {
    const release = await crowded();
    const jobs = [
      { id: 'low, first', priority: 0, at: 1000 },
      { id: 'high, second', priority: 3, at: 3000 },
      { id: 'high, first', priority: 3, at: 2000 },
      { id: 'low, second', priority: 0, at: 1500 },
    ] as const;
    await test.scheduler.operations.addJobs(
      jobs.map(({ at: ms, ...job }) => ({
        ...job,
        handler: 'work',
        trigger: at(new Date(START + ms)),
      })),
    );
    await test.clock.advance(5000);
    release();
    await test.clock.advance(100);
    expect(order).toEqual(['high, first', 'high, second', 'low, first', 'low, second']);
  });
});
