import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../../lib/stores/memory/index.js';
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
