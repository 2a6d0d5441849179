import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryData, MemoryJobStore, memoryStore } from '../../../lib/stores/memory/index.js';
import { at } from '../../../lib/triggers/index.js';
import { FlakyStore } from '../../support/flaky-store.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('A scheduler whose lease ends while its store is away', () => {
  let test: TestScheduler;

  afterEach(async () => {
    await test.stop();
  });

  // By chance it is one call or another that reaches the store first when it is back: none of them may be a verdict
  // on those who could not reach it either.
  it.each(SEEDS)('keeps what it holds when nobody else took it (seed %i)', async (seed) => {
    const line = new FlakyStore(memoryStore());
    const clock = new VirtualClock(undefined, seed);
    let end = (): void => undefined;
    test = new TestScheduler({
      clock,
      store: line.store,
      handlers: { long: () => new Promise<void>((resolve) => (end = resolve)) },
    });
    await test.scheduler.start();
    const { operations } = test.scheduler;
    await operations.addJob({ id: 'long', handler: 'long', trigger: at(new Date(clock.now())) });
    await clock.advance(25_000);

    line.isDown = true;
    await clock.advance(30_000);
    end();
    await clock.advance(10_000);
    line.isDown = false;
    await clock.advance(30_000);

    expect(test.ofType('store.unavailable')).toHaveLength(1);
    expect(test.ofType('store.recovered')).toHaveLength(1);
    expect(test.told('long').slice(-3)).toEqual(['job.submitted', 'job.started', 'job.executed']);
    // At once, whoever found out that the store is back.
    const [recovered] = test.ofType('store.recovered');
    expect(test.ofType('job.executed')).toMatchObject([{ jobId: 'long', at: recovered?.at }]);
    expect(new Set(test.events.map(({ nodeId }) => nodeId)).size).toBe(2);
    const { items } = await test.scheduler.getRuns({ jobId: 'long' });
    expect(items).toMatchObject([{ state: 'succeeded', attempt: 1 }]);
  });
});

describe('Schedulers that share a store, when it is away for longer than their leases', () => {
  const tests: TestScheduler[] = [];

  afterEach(async () => {
    for (const test of tests.splice(0)) {
      await test.stop();
    }
  });

  it.each(SEEDS)('do not take each other for dead when it is back (seed %i)', async (seed) => {
    const clock = new VirtualClock(undefined, seed);
    const data = new MemoryData(1000);
    const ends: (() => void)[] = [];
    const lines: FlakyStore[] = [];
    for (const handler of ['one', 'two', 'three']) {
      const line = new FlakyStore(new MemoryJobStore(data, 'locking'));
      const test = new TestScheduler({
        clock,
        store: line.store,
        handlers: { [handler]: () => new Promise<void>((resolve) => void ends.push(resolve)) },
      });
      lines.push(line);
      tests.push(test);
      await test.scheduler.start();
      const trigger = at(new Date(clock.now()));
      await test.scheduler.operations.addJob({ id: handler, handler, trigger });
      await clock.advance(1700);
    }
    await clock.advance(25_000);

    lines.forEach((line) => (line.isDown = true));
    await clock.advance(40_000 + 137 * seed);
    lines.forEach((line) => (line.isDown = false));
    await clock.advance(1000);
    ends.forEach((end) => end());
    await clock.advance(30_000);

    expect(ends).toHaveLength(3);
    expect(tests.map((test) => test.ofType('job.executed').length)).toEqual([1, 1, 1]);
    expect(tests.flatMap((test) => test.ofType('job.abandoned'))).toEqual([]);
    expect(tests.map((test) => test.ofType('store.recovered').length)).toEqual([1, 1, 1]);
  });
});
