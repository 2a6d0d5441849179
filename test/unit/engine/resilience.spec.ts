import { afterEach, describe, expect, it } from '@jest/globals';
import type { JobContext } from '../../../lib/core/job-context.js';
import { inProcess } from '../../../lib/executors/in-process.executor.js';
import { MemoryData, MemoryJobStore, memoryStore } from '../../../lib/stores/memory/index.js';
import { at, interval } from '../../../lib/triggers/index.js';
import { FlakyStore } from '../../support/flaky-store.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const START = '2026-01-05T00:00:00Z';
const every = (seconds: number) => interval({ seconds }, { startDate: START });

describe('a scheduler whose store is away', () => {
  let test: TestScheduler;
  let flaky: FlakyStore;

  async function begin(handlers: Record<string, (context: JobContext) => unknown>): Promise<void> {
    flaky = new FlakyStore(memoryStore());
    test = new TestScheduler({ store: flaky.store, handlers });
    await test.scheduler.start();
    await test.clock.advance(1);
  }

  afterEach(async () => {
    flaky.isDown = false;
    await test.stop();
  });

  it('says so once, keeps trying, and says once that it is back', async () => {
    await begin({ work: () => {} });
    await test.scheduler.operations.addJob({ id: 'job', handler: 'work', trigger: every(10) });
    flaky.isDown = true;
    await test.clock.advance(60_000);
    expect(test.ofType('store.unavailable')).toMatchObject([
      { store: 'default', error: { message: 'connection refused' } },
    ]);
    expect(test.ofType('store.recovered')).toEqual([]);

    flaky.isDown = false;
    await test.clock.advance(3000);
    expect(test.ofType('store.unavailable')).toHaveLength(1);
    const [recovered] = test.ofType('store.recovered');
    expect(recovered?.durationMs).toBeGreaterThan(45_000);
    expect(test.ofType('job.executed')).toMatchObject([
      { scheduledAt: new Date('2026-01-05T00:01:00Z') },
    ]);
    await test.clock.advance(10_000);
    expect(test.ofType('job.executed')).toHaveLength(2);
  });

  it('records afterwards what ended meanwhile', async () => {
    let finish = (): void => {};
    await begin({ slow: () => new Promise<string>((resolve) => (finish = () => resolve('done'))) });
    await test.scheduler.operations.addJob({ id: 'job', handler: 'slow', trigger: every(10) });
    await test.clock.advance(11_000);
    flaky.isDown = true;
    await test.clock.advance(1000);
    finish();
    await test.clock.advance(5000);
    expect(test.told('job')).not.toContain('job.executed');
    flaky.isDown = false;
    await test.clock.advance(3000);
    expect(test.ofType('job.executed')).toMatchObject([{ jobId: 'job', result: 'done' }]);
  });

  it('refuses what users ask of it, with an error that says so', async () => {
    await begin({ work: () => {} });
    flaky.isDown = true;
    const asked = test.scheduler.operations.addJob({ handler: 'work', trigger: every(10) });
    await expect(asked).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('tells handlers when its lease has run out, and lets them go on', async () => {
    let signal: AbortSignal | undefined;
    await begin({
      slow: (context) => {
        ({ signal } = context);
        return new Promise(() => {});
      },
    });
    await test.scheduler.operations.addJob({ id: 'job', handler: 'slow', trigger: every(10) });
    await test.clock.advance(11_000);
    expect(signal?.aborted).toBe(false);
    flaky.isDown = true;
    await test.clock.advance(10_000);
    expect(signal?.reason).toMatchObject({ code: 'LEASE_LAPSED' });
  });

  it('begins nothing after a freeze before it knows itself to be alive', async () => {
    const aborted: boolean[] = [];
    await begin({ work: ({ signal }) => void aborted.push(signal.aborted) });
    const work = { handler: 'work', trigger: at('2026-01-05T00:01:00Z') };
    await test.scheduler.operations.addJob({ id: 'job', ...work });
    await test.clock.advanceTo('2026-01-05T00:00:59.990Z');
    const [run] = (await test.scheduler.getRuns({ jobId: 'job' })).items;
    expect(run?.state).toBe('running');

    test.clock.skipTo('2026-01-05T00:01:15Z');
    flaky.isDown = true;
    await test.clock.advance(5000);
    expect(test.told('job')).not.toContain('job.started');
    flaky.isDown = false;
    await test.clock.advance(3000);
    expect(test.told('job')).toContain('job.executed');
    expect(aborted).toEqual([false]);
  });

  it('begins nothing after two seconds of standing still before it was told that it lives', async () => {
    await begin({ work: () => {} });
    const work = { handler: 'work', trigger: at('2026-01-05T00:01:00Z') };
    await test.scheduler.operations.addJob({ id: 'job', ...work });
    await test.clock.advanceTo('2026-01-05T00:00:59.990Z');
    test.clock.skipTo('2026-01-05T00:01:02Z');
    flaky.isDown = true;
    await test.clock.advance(500);
    expect(test.told('job')).not.toContain('job.submitted');
    flaky.isDown = false;
    await test.clock.advance(500);
    expect(test.told('job')).toContain('job.executed');
  });

  it('has runs that wait for a place wait for that word, too', async () => {
    let finish = (): void => {};
    flaky = new FlakyStore(memoryStore());
    test = new TestScheduler({
      store: flaky.store,
      executor: inProcess({ concurrency: 1 }),
      handlers: {
        quick: () => {},
        slow: () => new Promise<void>((resolve) => (finish = resolve)),
      },
    });
    await test.scheduler.start();
    const { operations } = test.scheduler;
    // How long handlers take decides whether more runs are fetched than there are places.
    await operations.addJob({ id: 'first', handler: 'quick', trigger: at(START) });
    await test.clock.advance(100);
    const date = at('2026-01-05T00:01:00Z');
    await operations.addJob({ id: 'in-place', handler: 'slow', priority: 3, trigger: date });
    await operations.addJob({ id: 'behind', handler: 'quick', trigger: date });
    await test.clock.advanceTo('2026-01-05T00:01:00.100Z');
    expect((await test.scheduler.getRuns({ jobId: 'behind' })).items[0]?.state).toBe('running');
    expect(test.told('behind')).not.toContain('job.submitted');

    flaky.isDown = true;
    test.clock.skipTo('2026-01-05T00:01:04Z');
    finish();
    await test.clock.advance(500);
    expect(test.told('behind')).not.toContain('job.submitted');
    flaky.isDown = false;
    await test.clock.advance(3000);
    expect(test.told('behind')).toContain('job.executed');
    expect(test.told('in-place')).toContain('job.executed');
  });

  it('costs nothing but its sign of life while there is nothing to do', async () => {
    await begin({ work: () => {} });
    const trigger = at('2026-02-01T00:00:00Z');
    await test.scheduler.operations.addJob({ id: 'job', handler: 'work', trigger });
    await test.clock.advance(30_000);
    flaky.calls.clear();
    await test.clock.advance(60_000);
    expect([...flaky.calls]).toEqual([['beat', 20]]);
  });

  it('shuts down all the same', async () => {
    await begin({ work: () => {} });
    flaky.isDown = true;
    await test.stop();
    expect(test.scheduler.state).toBe('stopped');
    expect(test.clock.keptAlive).toBe(0);
  });

  it('does not start, and leaves nothing behind', async () => {
    flaky = new FlakyStore(memoryStore());
    flaky.isDown = true;
    test = new TestScheduler({ store: flaky.store, handlers: {} });
    await expect(test.scheduler.start()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(test.scheduler.state).toBe('stopped');
    expect(test.clock.keptAlive).toBe(0);
    flaky.isDown = false;
    await test.scheduler.start();
    expect(test.scheduler.state).toBe('running');
  });
});

describe.each(['locking', 'compare-and-set'] as const)('two nodes on one %s store', (mode) => {
  const clock = new VirtualClock();
  const nodes: TestScheduler[] = [];

  async function join(
    data: MemoryData,
    handlers: Record<string, (context: JobContext) => unknown>,
  ): Promise<TestScheduler & { readonly flaky: FlakyStore }> {
    const flaky = new FlakyStore(new MemoryJobStore(data, mode));
    const node = new TestScheduler({ clock, store: flaky.store, handlers });
    nodes.push(node);
    await node.scheduler.start();
    return Object.assign(node, { flaky });
  }

  afterEach(async () => {
    for (const node of nodes.splice(0)) {
      await node.stop();
    }
  });

  it('fire each instant of each job once', async () => {
    const data = new MemoryData(100_000);
    const seen: string[] = [];
    const work = ({ jobId, scheduledAt }: JobContext): void => {
      seen.push(`${jobId} ${scheduledAt.getTime()}`);
    };
    const [one] = [await join(data, { work }), await join(data, { work })];
    await one.scheduler.operations.addJobs(
      Array.from({ length: 20 }, (_, index) => ({
        id: `job-${index}`,
        handler: 'work',
        trigger: interval({ seconds: 1 }),
      })),
    );
    await clock.advance(20_500);
    expect(seen).toHaveLength(20 * 20);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('leave each other’s handlers alone', async () => {
    const data = new MemoryData(1000);
    const one = await join(data, { first: () => 'one' });
    const two = await join(data, { second: () => 'two' });
    await one.scheduler.operations.addJob({ id: 'a', handler: 'first', trigger: interval(1000) });
    await two.scheduler.operations.addJob({ id: 'b', handler: 'second', trigger: interval(1000) });
    await clock.advance(5500);
    expect(new Set(one.ofType('job.executed').map((event) => event.jobId))).toEqual(new Set(['a']));
    expect(new Set(two.ofType('job.executed').map((event) => event.jobId))).toEqual(new Set(['b']));
  });

  it('take over what a dead one had begun, within its lease and a second', async () => {
    const data = new MemoryData(1000);
    const one = await join(data, { work: () => new Promise(() => {}) });
    await one.scheduler.operations.addJob({
      id: 'once',
      handler: 'work',
      trigger: at(new Date(clock.now() + 60_000)),
    });
    const two = await join(data, { work: () => 'recovered' });
    await two.scheduler.pause();
    await clock.advance(60_500);
    expect(one.told('once')).toContain('job.started');
    await two.scheduler.resume();
    const diedAt = clock.now();
    one.flaky.isDown = true;
    await clock.advance(11_000);

    expect(two.ofType('job.abandoned')).toMatchObject([{ jobId: 'once', reason: 'node-lost' }]);
    const [executed] = two.ofType('job.executed');
    expect(executed).toMatchObject({ jobId: 'once', attempt: 2, result: 'recovered' });
    expect((executed?.at.getTime() ?? 0) - diedAt).toBeLessThanOrEqual(11_000);
  });

  it('refuse the outcome of one that was taken for dead, which then joins anew', async () => {
    const data = new MemoryData(1000);
    let finish = (): void => {};
    const one = await join(data, {
      work: () => new Promise<string>((resolve) => (finish = () => resolve('too late'))),
    });
    await one.scheduler.operations.addJob({
      id: 'once',
      handler: 'work',
      trigger: at(new Date(clock.now() + 60_000)),
    });
    const two = await join(data, { work: () => 'in time' });
    await two.scheduler.pause();
    await clock.advance(60_500);
    await two.scheduler.resume();
    one.flaky.isDown = true;
    await clock.advance(15_000);
    const before = one.events.length;
    one.flaky.isDown = false;
    finish();
    await clock.advance(10_000);

    expect(one.events.slice(before).map((event) => event.type)).toContain('job.abandoned');
    const { items } = await two.scheduler.getRuns({ jobId: 'once' });
    expect(items).toMatchObject([{ state: 'succeeded', result: 'in time', attempt: 2 }]);
    // And it works again, as another node.
    await two.scheduler.pause();
    await one.scheduler.operations.runJob('once');
    await clock.advance(100);
    expect(one.told('once').at(-1)).toBe('job.started');
    finish();
    await clock.advance(100);
  });
});
