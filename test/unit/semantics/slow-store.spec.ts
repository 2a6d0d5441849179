import { afterEach, describe, expect, it } from '@jest/globals';
import type { JobStore } from '../../../lib/core/job-store.js';
import { memoryStore } from '../../../lib/stores/memory/index.js';
import { interval } from '../../../lib/triggers/index.js';
import { FlakyStore } from '../../support/flaky-store.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const START = '2026-01-05T00:00:00Z';
const every = (seconds: number) => interval({ seconds }, { startDate: START });

const LATENCY_MS = 2000;

/** A store that takes its time, half of it on the way there and half on the way back. */
function slowed(inner: JobStore, clock: VirtualClock, latencyMs: number): JobStore {
  const pass = () =>
    new Promise<void>((resolve) => clock.setTimer(clock.monotonic() + latencyMs / 2, resolve));
  return new Proxy(inner, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') {
        return member;
      }
      return async (...args: unknown[]): Promise<unknown> => {
        await pass();
        const result: unknown = await Reflect.apply(member, target, args);
        await pass();
        return result;
      };
    },
  });
}

describe('A store that takes two seconds to answer', () => {
  const clock = new VirtualClock();
  const test = new TestScheduler({
    clock,
    store: slowed(memoryStore(), clock, LATENCY_MS),
    handlers: { work: () => {} },
  });

  afterEach(async () => {
    const down = test.scheduler.shutdown();
    await clock.advance(60_000);
    await down;
  });

  it('has each instant run once, none before its time, and none of them later than an answer or two', async () => {
    const started = test.scheduler.start();
    await clock.advance(60_000);
    await started;
    const added = test.scheduler.operations.addJob({
      id: 'job',
      handler: 'work',
      trigger: every(10),
    });
    await clock.advance(30_000);
    await added;
    const before = test.ofType('job.started').length;
    await clock.advance(300_000);

    const begun = test.ofType('job.started').slice(before);
    const instants = begun.map(({ scheduledAt }) => scheduledAt.getTime());
    expect(instants.length).toBeGreaterThanOrEqual(29);
    expect(instants).toEqual(instants.map((_, index) => (instants[0] ?? NaN) + 10_000 * index));
    const late = begun.map(({ at, scheduledAt }) => at.getTime() - scheduledAt.getTime());
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThanOrEqual(2 * LATENCY_MS);
    expect(test.ofType('job.missed', 'job.max_instances', 'job.error', 'job.abandoned')).toEqual(
      [],
    );
    expect(test.ofType('store.unavailable')).toEqual([]);
  });
});

describe('A store that is away for five minutes', () => {
  const flaky = new FlakyStore(memoryStore());
  const test = new TestScheduler({ store: flaky.store, handlers: { work: () => {} } });

  afterEach(async () => {
    flaky.isDown = false;
    await test.stop();
  });

  it('has the scheduler back by itself, with one record of that time, and punctual again', async () => {
    await test.scheduler.start();
    await test.clock.advance(1);
    await test.scheduler.operations.addJob({ id: 'job', handler: 'work', trigger: every(10) });
    await test.clock.advance(25_000);
    flaky.isDown = true;
    await test.clock.advance(300_000);
    flaky.isDown = false;
    await test.clock.advance(30_000);

    expect(test.ofType('store.unavailable')).toHaveLength(1);
    expect(test.ofType('store.recovered')).toHaveLength(1);
    expect(test.ofType('job.missed')).toMatchObject([
      { scheduledAt: new Date('2026-01-05T00:00:30Z'), reason: 'coalesced' },
    ]);
    const executed = test.ofType('job.started');
    const last = executed
      .slice(-3)
      .map(({ at, scheduledAt }) => at.getTime() - scheduledAt.getTime());
    expect(last.slice(1)).toEqual([0, 0]);
    expect(new Set(executed.map(({ runId }) => runId)).size).toBe(executed.length);
  });
});
