import { afterEach, describe, expect, it } from '@jest/globals';
import type { JobContext } from '../../../lib/core/job-context.js';
import { memoryStore } from '../../../lib/stores/memory/index.js';
import type { MemoryStoreMode } from '../../../lib/stores/memory/index.js';
import { at, interval } from '../../../lib/triggers/index.js';
import type { TestSchedulerOptions } from '../../support/test-scheduler.js';
import { TestScheduler } from '../../support/test-scheduler.js';

const START = '2026-01-05T00:00:00Z';
const every = (seconds: number) => interval({ seconds }, { startDate: START });

/** A handler that ends when the test says so. */
function gate() {
  const open: (() => void)[] = [];
  return {
    handler: () => new Promise<void>((resolve) => open.push(resolve)),
    waiting: () => open.length,
    release: () => open.splice(0).forEach((resolve) => resolve()),
  };
}

describe.each<MemoryStoreMode>(['locking', 'compare-and-set'])('firing on a %s store', (mode) => {
  let test: TestScheduler;

  async function begin(options: TestSchedulerOptions): Promise<TestScheduler> {
    test = new TestScheduler({ store: memoryStore({ mode }), ...options });
    await test.scheduler.start();
    // Away from the instants of `every`, so that the first is a whole period ahead.
    await test.clock.advance(1);
    return test;
  }

  const runsOf = async (jobId: string) =>
    (await test.scheduler.getRuns({ jobId })).items
      .map(({ state, scheduledAt, count, reason }) => ({
        state,
        at: (scheduledAt.getTime() - Date.parse(START)) / 1000,
        count,
        reason,
      }))
      .toReversed();

  afterEach(async () => {
    await test.stop();
  });

  it('tells of each attempt in order: submitted, started, then its outcome', async () => {
    await begin({
      handlers: {
        good: () => 42,
        bad: () => {
          throw new TypeError('broken');
        },
      },
    });
    await test.scheduler.operations.addJob({ id: 'good', handler: 'good', trigger: every(10) });
    await test.scheduler.operations.addJob({ id: 'bad', handler: 'bad', trigger: every(10) });
    await test.clock.advance(10_000);

    expect(test.told('good')).toEqual([
      'job.added',
      'job.submitted',
      'job.started',
      'job.executed',
    ]);
    expect(test.told('bad')).toEqual(['job.added', 'job.submitted', 'job.started', 'job.error']);
    const [executed] = test.ofType('job.executed');
    expect(executed).toMatchObject({ result: 42, attempt: 1, durationMs: 0 });
    const [failed] = test.ofType('job.error');
    expect(failed?.error).toMatchObject({ name: 'TypeError', message: 'broken' });
    expect(failed?.error.stack).toContain('firing.spec');
  });

  it('skips while maxInstances runs are live, and adds up the skips in one record', async () => {
    const { handler, release } = gate();
    await begin({ handlers: { slow: handler } });
    await test.scheduler.operations.addJob({ id: 'slow', handler: 'slow', trigger: every(10) });
    await test.clock.advance(45_000);
    release();
    await test.clock.advance(10_000);

    expect(await runsOf('slow')).toEqual([
      { state: 'succeeded', at: 10, count: 1, reason: null },
      { state: 'skipped', at: 20, count: 3, reason: 'max-instances' },
      { state: 'running', at: 50, count: 1, reason: null },
    ]);
    const told = test.ofType('job.max_instances');
    expect(told.map(({ scheduledAt }) => scheduledAt.getUTCSeconds())).toEqual([20, 30, 40]);
    for (const { runId } of told) {
      expect(await test.scheduler.getRun(runId)).toMatchObject({ state: 'skipped', count: 3 });
    }
  });

  it('tells once a second how far a run has come, and keeps the last word', async () => {
    let context: JobContext | undefined;
    await begin({
      handlers: {
        slow: (own) => {
          context = own;
          return new Promise(() => {});
        },
      },
    });
    await test.scheduler.operations.addJob({ id: 'slow', handler: 'slow', trigger: every(10) });
    await test.clock.advance(10_000);
    context?.progress(0.1);
    context?.progress(0.2, 'a fifth');
    expect(() => context?.progress(NaN)).toThrow(/fraction = NaN.*from 0 to 1/);
    await test.clock.advance(1500);
    context?.progress(0.3);
    await test.clock.advance(1500);
    expect(test.ofType('job.progress')).toMatchObject([
      { jobId: 'slow', attempt: 1, fraction: 0.2, note: 'a fifth' },
      { jobId: 'slow', attempt: 1, fraction: 0.3, note: null },
    ]);
    const [run] = (await test.scheduler.getRuns({ jobId: 'slow' })).items;
    expect(run?.progress).toEqual({ fraction: 0.3, note: null });
  });

  it('runs up to maxInstances at once', async () => {
    const { handler, waiting } = gate();
    await begin({ handlers: { slow: handler } });
    const job = { id: 'slow', handler: 'slow', trigger: every(10), maxInstances: 3 };
    await test.scheduler.operations.addJob(job);
    await test.clock.advance(100_000);
    expect(waiting()).toBe(3);
  });

  it('lets the runs of a queueing job follow each other', async () => {
    const { handler, release, waiting } = gate();
    await begin({ handlers: { slow: handler } });
    const job = { id: 'slow', handler: 'slow', trigger: every(10), overlap: 'queue' } as const;
    await test.scheduler.operations.addJob(job);
    await test.clock.advance(30_000);
    expect(waiting()).toBe(1);
    await test.scheduler.operations.pauseJob('slow');
    release();
    await test.clock.advance(15_000);
    // Those that wait are kept over a pause, and wait on; the instants of the pause itself are not run.
    expect((await runsOf('slow')).map((run) => `${run.state}@${run.at}`)).toEqual([
      'succeeded@10',
      'queued@20',
      'queued@30',
    ]);

    await test.scheduler.operations.resumeJob('slow');
    for (const turn of [1, 2]) {
      await test.clock.advance(turn);
      expect(waiting()).toBe(1);
      release();
    }
    await test.clock.advance(10_000);
    expect((await runsOf('slow')).map((run) => `${run.state}@${run.at}`)).toEqual([
      'succeeded@10',
      'succeeded@20',
      'succeeded@30',
      'running@50',
    ]);
  });

  it('catches up in a chain, one at a time, when every instant counts', async () => {
    const order: number[] = [];
    await begin({
      handlers: { work: ({ scheduledAt }) => void order.push(scheduledAt.getTime()) },
    });
    await test.scheduler.operations.addJob({
      id: 'all',
      handler: 'work',
      trigger: every(10),
      coalesce: 'all',
      maxInstances: 5,
    });
    await test.scheduler.pause();
    await test.clock.advance(55_000);
    await test.scheduler.resume();
    await test.clock.advance(100);
    expect(order).toEqual([10, 20, 30, 40, 50].map((second) => Date.parse(START) + second * 1000));
  });

  it('coalesces what a pause of the scheduler made late, and says so', async () => {
    await begin({ handlers: { work: () => {} } });
    await test.scheduler.operations.addJob({ id: 'job', handler: 'work', trigger: every(10) });
    await test.scheduler.pause();
    await test.clock.advance(55_000);
    await test.scheduler.resume();
    await test.clock.advance(100);

    expect(await runsOf('job')).toEqual([
      { state: 'missed', at: 10, count: 4, reason: 'coalesced' },
      { state: 'succeeded', at: 50, count: 1, reason: null },
    ]);
    expect(test.ofType('job.missed')).toMatchObject([{ count: 4, reason: 'coalesced' }]);
  });

  it('misses what is later than misfireGraceTime', async () => {
    await begin({ handlers: { work: () => {} } });
    await test.scheduler.operations.addJob({
      id: 'strict',
      handler: 'work',
      trigger: every(10),
      misfireGraceTime: { seconds: 2 },
    });
    await test.scheduler.pause();
    await test.clock.advance(25_000);
    await test.scheduler.resume();
    await test.clock.advance(100);
    expect(await runsOf('strict')).toEqual([
      { state: 'missed', at: 10, count: 2, reason: 'misfire' },
    ]);
  });

  it('runs a one-shot that meets the limit as soon as there is a place', async () => {
    const { handler, release, waiting } = gate();
    await begin({ handlers: { slow: handler } });
    const trigger = at('2026-01-05T00:00:10Z');
    await test.scheduler.operations.addJob({ id: 'once', handler: 'slow', trigger });
    await test.clock.advance(5000);
    await test.scheduler.operations.runJob('once');
    await test.clock.advance(10_000);
    expect(waiting()).toBe(1);
    release();
    await test.clock.advance(100);
    expect(waiting()).toBe(1);
    release();
    await test.clock.advance(100);
    expect((await runsOf('once')).map((run) => run.state)).toEqual(['succeeded', 'succeeded']);
  });

  it('lets an edit that comes before the start win, even if the run was claimed ahead', async () => {
    const seen: unknown[] = [];
    await begin({ handlers: { work: ({ args }) => void seen.push(args[0]) } });
    const { operations } = test.scheduler;
    for (const id of ['modified', 'paused', 'removed', 'rescheduled']) {
      await operations.addJob({ id, handler: 'work', trigger: every(10), args: [id] });
    }
    // 100 ms before the instant all four are claimed.
    await test.clock.advance(9_900);
    expect((await test.scheduler.getRuns({ state: 'queued' })).items).toHaveLength(4);

    await operations.modifyJob('modified', { args: ['new'] });
    await operations.pauseJob('paused');
    await operations.removeJob('removed');
    await operations.rescheduleJob('rescheduled', every(60));
    await test.clock.advance(1000);

    expect(seen).toEqual(['new']);
    expect(await runsOf('paused')).toEqual([]);
    expect(await runsOf('removed')).toEqual([
      { state: 'cancelled', at: 10, count: 1, reason: 'job-removed' },
    ]);
    expect((await test.scheduler.getJob('rescheduled'))?.nextFireAt?.toISOString()).toBe(
      '2026-01-05T00:01:00.000Z',
    );
  });

  it('resumes from now on, and makes up only for the date of a one-shot', async () => {
    await begin({ handlers: { work: () => {} } });
    const { operations } = test.scheduler;
    await operations.addJob({ id: 'often', handler: 'work', trigger: every(10) });
    await operations.addJob({ id: 'once', handler: 'work', trigger: at('2026-01-05T00:00:10Z') });
    await operations.pauseJob('often');
    await operations.pauseJob('once');
    await test.clock.advance(25_000);
    await operations.resumeJob('often');
    await operations.resumeJob('once');
    await test.clock.advance(10_000);
    expect(await runsOf('often')).toEqual([{ state: 'succeeded', at: 30, count: 1, reason: null }]);
    expect(await runsOf('once')).toEqual([{ state: 'succeeded', at: 10, count: 1, reason: null }]);
  });

  it('takes back a finished one-shot that was claimed and not begun', async () => {
    await begin({ handlers: { work: () => {} } });
    const { operations } = test.scheduler;
    await operations.addJob({ id: 'once', handler: 'work', trigger: at('2026-01-05T00:00:10Z') });
    await test.clock.advance(9900);
    expect((await test.scheduler.getJob('once'))?.state).toBe('finished');
    expect((await operations.pauseJob('once')).state).toBe('paused');
    await test.clock.advance(10_000);
    expect((await operations.resumeJob('once')).state).toBe('active');
    await test.clock.advance(100);
    expect(await runsOf('once')).toEqual([{ state: 'succeeded', at: 10, count: 1, reason: null }]);
  });

  it('runs a one-shot that was removed and added again with the same id and date', async () => {
    await begin({ handlers: { work: () => {} } });
    const { operations } = test.scheduler;
    const job = { id: 'once', handler: 'work', trigger: at('2026-01-05T00:00:10Z') };
    await operations.addJob(job);
    await test.clock.advance(11_000);
    await operations.removeJob('once');
    await operations.addJob(job);
    await test.clock.advance(100);
    expect((await runsOf('once')).map((run) => run.state)).toEqual(['succeeded', 'succeeded']);
  });

  it('runs both a planned instant and a run by hand in the same millisecond', async () => {
    const { handler, waiting } = gate();
    await begin({ handlers: { work: handler } });
    const { operations } = test.scheduler;
    const job = { id: 'job', handler: 'work', trigger: every(10), maxInstances: 2 };
    await operations.addJob(job);
    await test.clock.advanceTo('2026-01-05T00:00:10Z');
    const byHand = await operations.runJob('job');
    expect(byHand.scheduledAt.toISOString()).toBe('2026-01-05T00:00:10.000Z');
    await test.clock.advance(100);
    expect(waiting()).toBe(2);
    const { items } = await test.scheduler.getRuns({ jobId: 'job' });
    expect(items.map((run) => run.origin).toSorted()).toEqual(['manual', 'schedule']);
  });

  it('parks a job whose trigger cannot be read, and goes on with the others', async () => {
    await begin({ handlers: { work: () => {} } });
    const { operations } = test.scheduler;
    const broken = await operations.addJob({ id: 'broken', handler: 'work', trigger: every(10) });
    await operations.addJob({ id: 'whole', handler: 'work', trigger: every(10) });
    // As a newer release might have written it.
    Object.assign(broken.trigger, { version: 99 });
    await test.clock.advance(10_100);

    const parked = await test.scheduler.getJob('broken');
    expect(parked?.state).toBe('parked');
    expect(parked?.error).toMatch(/version/);
    expect(test.told('broken')).toEqual(['job.added', 'job.parked']);
    expect(test.told('whole')).toContain('job.executed');
  });

  it('fires a job sixty days ahead, and not before', async () => {
    await begin({ handlers: { work: () => {} } });
    const trigger = at('2026-03-06T00:00:00Z');
    await test.scheduler.operations.addJob({ id: 'far', handler: 'work', trigger });
    test.clock.skipTo('2026-03-05T23:59:59Z');
    await test.clock.advance(500);
    expect(test.told('far')).toEqual(['job.added']);
    await test.clock.advance(1000);
    expect(test.ofType('job.started')).toMatchObject([{ at: new Date('2026-03-06T00:00:00Z') }]);
  });

  it('takes no more runs than its executors have places', async () => {
    const { handler, waiting, release } = gate();
    const { inProcess } = await import('../../../lib/executors/in-process.executor.js');
    await begin({ executor: inProcess({ concurrency: 2 }), handlers: { slow: handler } });
    const trigger = at('2026-01-05T00:00:01Z');
    await test.scheduler.operations.addJobs(
      Array.from({ length: 5 }, (_, index) => ({ id: `job-${index}`, handler: 'slow', trigger })),
    );
    await test.clock.advance(2000);
    expect(waiting()).toBe(2);
    expect((await test.scheduler.getRuns()).items).toHaveLength(2);
    release();
    await test.clock.advance(100);
    expect(waiting()).toBe(2);
    release();
    await test.clock.advance(100);
    release();
    await test.clock.advance(100);
    expect((await test.scheduler.getRuns({ state: 'succeeded' })).items).toHaveLength(5);
  });
});
