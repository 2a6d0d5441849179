import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeNotice } from '../../../lib/engine/cluster/notice.js';
import { MemoryData, MemoryJobStore } from '../../../lib/stores/memory/index.js';
import { at, interval } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { VirtualClock } from '../../support/virtual-clock.js';

describe('schedulers that tell each other of their runs', () => {
  let clock: VirtualClock;
  let data: MemoryData;
  let schedulers: TestScheduler[];

  beforeEach(() => {
    clock = new VirtualClock();
    data = new MemoryData(1000);
    schedulers = [];
  });

  afterEach(async () => {
    for (const test of schedulers) {
      await test.stop();
    }
  });

  async function start(
    handlers: Record<string, () => unknown>,
    events: 'local' | 'cluster' = 'cluster',
  ): Promise<TestScheduler> {
    const store = new MemoryJobStore(data, 'locking');
    const test = new TestScheduler({ clock, store, handlers, events });
    schedulers.push(test);
    await test.scheduler.start();
    return test;
  }

  const work = { id: 'job', handler: 'work', trigger: at('2026-01-05T00:01:00Z') };

  it('tell what becomes of them, as the one that executes them does', async () => {
    const worker = await start({ work: () => ({ sent: 3 }) });
    const watcher = await start({});
    await worker.scheduler.operations.addJob(work);
    await clock.advance(120_000);
    const seen = (test: TestScheduler): unknown[] =>
      test.events.filter((event) => 'runId' in event);
    expect(worker.told('job')).toEqual([
      'job.added',
      'job.finished',
      'job.submitted',
      'job.started',
      'job.executed',
    ]);
    expect(seen(watcher)).toEqual(seen(worker));
    expect(watcher.ofType('job.executed')).toMatchObject([{ result: { sent: 3 } }]);
  });

  it('tell of errors, of what was missed and of what was skipped', async () => {
    const failing = {
      work: () => {
        throw new TypeError('out of stock');
      },
    };
    const worker = await start({ ...failing, slow: () => new Promise(() => {}) });
    const watcher = await start({});
    const { operations } = worker.scheduler;
    await operations.addJob(work);
    await operations.addJob({
      id: 'late',
      handler: 'work',
      trigger: at('2026-01-04T00:00:00Z'),
      misfireGraceTime: 1000,
    });
    await operations.addJob({ id: 'slow', handler: 'slow', trigger: interval(30_000) });
    await clock.advance(100_000);
    expect(watcher.ofType('job.error')).toMatchObject([
      { jobId: 'job', error: { name: 'TypeError', message: 'out of stock' } },
    ]);
    const skipped = worker.ofType('job.missed', 'job.max_instances');
    expect(skipped.length).toBeGreaterThan(1);
    expect(watcher.ofType('job.missed', 'job.max_instances').map(({ runId }) => runId)).toEqual(
      skipped.map(({ runId }) => runId),
    );
  });

  it('keep to themselves unless they are asked to tell', async () => {
    const worker = await start({ work: () => {} }, 'local');
    const watcher = await start({});
    const quiet = await start({}, 'local');
    await worker.scheduler.operations.addJob(work);
    await clock.advance(120_000);
    expect(worker.told('job')).toContain('job.executed');
    expect([...watcher.events, ...quiet.events].filter((event) => 'runId' in event)).toEqual([]);
  });

  it('take no harm from whatever else is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(decodeNotice(text)).toBeNull();
      }),
    );
    expect(decodeNotice(JSON.stringify(['s', 'job.rm', 'n', 1, '1', 1, 0, 1, null]))).toBeNull();
    expect(decodeNotice(JSON.stringify(['s', 'job.error', 'n', 1e99, '1', 1, 0, 1, null]))).toBe(
      null,
    );
  });
});
