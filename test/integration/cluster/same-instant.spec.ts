import { afterEach, describe, expect, it } from '@jest/globals';
import { at, cron } from '../../../lib/index.js';
import { RealScheduler, type StoreKind } from '../../support/cluster/real-scheduler.js';
import { until } from '../../support/cluster/until.js';

/** In this millisecond everything happens: the clock of the store stands still. */
const INSTANT = new Date('2026-01-05T00:00:10.000Z');

describe.each<StoreKind>(['memory', 'postgres'])('In one millisecond, with jobs in %s,', (kind) => {
  let real: RealScheduler;

  afterEach(async () => {
    await real.stop();
  });

  async function start(): Promise<RealScheduler['test']['scheduler']> {
    real = await RealScheduler.start(kind, { frozenAt: INSTANT, handlers: { work: () => 'done' } });
    return real.test.scheduler;
  }

  function executed(count: number): Promise<unknown> {
    return until('the runs', () => real.test.ofType('job.executed').length >= count);
  }

  /** What is on record of a job: origin, instant and state of each run. */
  async function record(jobId: string): Promise<string[]> {
    const { items } = await real.test.scheduler.getRuns({ jobId });
    return items
      .map((run) => `${run.origin} ${run.scheduledAt.toISOString().slice(17)} ${run.state}`)
      .toSorted();
  }

  it('a one-shot that is removed and added again, date and all, runs again', async () => {
    const { operations } = await start();
    const job = { id: 'once', handler: 'work', trigger: at(INSTANT) };
    for (const time of [1, 2, 3]) {
      await operations.addJob(job);
      await executed(time);
      await operations.removeJob('once');
    }
    expect(await record('once')).toEqual(Array(3).fill('schedule 10.000Z succeeded'));
    expect(new Set(real.test.ofType('job.executed').map(({ runId }) => runId)).size).toBe(3);
  });

  it('a one-shot that has run makes way for another of its id', async () => {
    const { operations } = await start();
    const job = { id: 'once', handler: 'work', trigger: at(INSTANT) };
    await operations.addJob(job);
    await executed(1);
    await operations.addJob(job);
    await executed(2);
    expect(await record('once')).toEqual(Array(2).fill('schedule 10.000Z succeeded'));
  });

  it('a planned run and runs by hand all run, whichever comes first', async () => {
    const { operations } = await start();
    await operations.addJob({ id: 'planned first', handler: 'work', trigger: at(INSTANT) });
    await executed(1);
    await operations.runJob('planned first');
    await operations.runJob('planned first');
    await executed(3);

    await real.test.scheduler.pause();
    await operations.addJob({ id: 'hand first', handler: 'work', trigger: at(INSTANT) });
    await operations.runJob('hand first');
    await operations.runJob('hand first');
    await real.test.scheduler.resume();
    await executed(6);

    await real.test.scheduler.pause();
    await operations.addJob({
      id: 'recurring',
      handler: 'work',
      trigger: cron('*/10 * * * * *'),
      // Said, because this process reckons with a little more than what the store's clock shows.
      nextFireAt: INSTANT,
      maxInstances: 3,
    });
    await operations.runJob('recurring');
    await operations.runJob('recurring');
    await real.test.scheduler.resume();
    await executed(9);

    for (const id of ['planned first', 'hand first', 'recurring']) {
      expect(await record(id)).toEqual([
        'manual 10.000Z succeeded',
        'manual 10.000Z succeeded',
        'schedule 10.000Z succeeded',
      ]);
    }
  });
});
