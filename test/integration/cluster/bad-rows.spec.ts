import { afterEach, describe, expect, it } from '@jest/globals';
import { interval } from '../../../lib/index.js';
import { RealScheduler, type RealSchedulerOptions } from '../../support/cluster/real-scheduler.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';

/** What somebody did to a row by hand. */
const HAVOC: Readonly<Record<string, string>> = {
  'a trigger of a release to come': `trigger = '{"type": "cron", "version": 99}'`,
  'a trigger of a type that there is none of': `trigger = '{"type": "lunar", "version": 1}'`,
  'a trigger that is null': `trigger = 'null'`,
  'a trigger that is text': `trigger = '"daily"'`,
  'a trigger that is an array': `trigger = '[]'`,
  'a trigger that is not bound': `trigger = '{"type": "interval", "version": 1, "seconds": 1}'`,
  'an interval of 0': `trigger = '{"type": "interval", "version": 1, "seconds": 0}'`,
  'args that are null': `args = 'null'`,
  'args that are an object': `args = '{"a": 1}'`,
  'args that are a number': `args = '5'`,
  'a coalesce that there is none of': `coalesce = 'newest'`,
  'an overlap that there is none of': `overlap = 'both'`,
  'a recovery that there is none of': `recovery = 'retry'`,
  'no instances': `max_instances = 0`,
  'a negative number of instances': `max_instances = -5`,
  'a negative grace': `misfire_grace_time = -1`,
  'no catching up': `max_catch_up = 0`,
  'a negative catching up': `max_catch_up = -1`,
  'metadata that are text': `metadata = '"text"'`,
};

/** Those that nobody can make anything of. */
const UNREADABLE = [
  'a trigger of a release to come',
  'a trigger of a type that there is none of',
  'a trigger that is null',
  'a trigger that is text',
  'a trigger that is an array',
  'an interval of 0',
];

describe('Rows that make no sense', () => {
  const reals: RealScheduler[] = [];

  afterEach(async () => {
    for (const real of reals.splice(0).toReversed()) {
      await real.stop();
    }
  });

  async function start(
    handlers: RealSchedulerOptions['handlers'],
    shared?: RealScheduler,
  ): Promise<RealScheduler> {
    const real = await RealScheduler.start('postgres', {
      handlers,
      ...(shared && { url: shared.url }),
    });
    reals.push(real);
    return real;
  }

  it('hurt no other job, and can still be looked at, removed and replaced', async () => {
    let ticks = 0;
    const bodies: string[] = [];
    const handlers: RealSchedulerOptions['handlers'] = {
      tick: () => (ticks += 1),
      work: ({ jobId }) => void bodies.push(jobId),
    };
    const first = await start(handlers);
    const ids = Object.keys(HAVOC);
    const definition = (id: string, handler = 'work') => ({
      id,
      handler,
      trigger: interval(200),
    });
    await first.test.scheduler.operations.addJobs([
      ...ids.map((id) => definition(id)),
      definition('tick', 'tick'),
    ]);
    await first.test.scheduler.shutdown();
    for (const [id, damage] of Object.entries(HAVOC)) {
      await rowsOf(first.url, `update scheduler.job set ${damage} where id = $1`, [id]);
    }

    const second = await start(handlers, first);
    const { scheduler } = second.test;
    const before = ticks;
    await until('the others go on', () => ticks >= before + 10);

    expect((await scheduler.getJobs({ limit: 1000 })).items).toHaveLength(ids.length + 1);
    for (const id of ids) {
      expect(await scheduler.getJob(id)).toMatchObject({ id });
    }
    const parked = await scheduler.getJobs({ state: 'parked' });
    expect(parked.items.map(({ id }) => id)).toEqual(expect.arrayContaining(UNREADABLE));
    expect(parked.items.map(({ error }) => error)).not.toContain(null);

    // Their definition, told again, mends those that are parked; another one mends all.
    for (const { id } of parked.items) {
      const job = await scheduler.operations.addJob({ ...definition(id), replaceExisting: true });
      expect(job).toMatchObject({ state: 'active', error: null, trigger: { milliseconds: 200 } });
    }
    for (const id of ids) {
      const mended = { ...definition(id), name: 'mended', replaceExisting: true };
      expect(await scheduler.operations.addJob(mended)).toMatchObject({ id, name: 'mended' });
    }
    bodies.length = 0;
    await until('they are sound again', () => ids.every((id) => bodies.includes(id)));
    for (const id of ids) {
      await scheduler.operations.removeJob(id);
    }
    expect((await scheduler.getJobs()).items).toHaveLength(1);
    expect(second.test.ofType('store.unavailable')).toEqual([]);
  });
});
