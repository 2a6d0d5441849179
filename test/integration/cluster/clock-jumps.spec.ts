import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../../lib/index.js';
import { readSettings } from '../../../lib/stores/typeorm/typeorm-store.options.js';
import { PostgresJobStore } from '../../../lib/stores/typeorm/postgres.job-store.js';
import { at, interval } from '../../../lib/triggers/index.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { createDatabase, type TestDatabase } from '../../support/postgres/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import type { VirtualClock } from '../../support/virtual-clock.js';

const HOUR_MS = 3_600_000;
const EVERY_MS = 200;

/** The clock of a machine that somebody sets. */
class AdjustableClock extends SystemClock {
  aheadMs = 0;

  override now(): number {
    return super.now() + this.aheadMs;
  }
}

/** The clock of a database that somebody sets. */
const ADJUSTED_NOW = `date_trunc('milliseconds', statement_timestamp() + (select ahead from public.adjustment))`;

interface RecordRow {
  readonly from: number;
  readonly to: number;
  readonly state: string;
  readonly startedAt: number | null;
}

describe('A scheduler', () => {
  let database: TestDatabase;
  let test: TestScheduler;
  const clock = new AdjustableClock();

  beforeEach(async () => {
    clock.aheadMs = 0;
    database = await createDatabase();
    await rowsOf(
      database.url,
      `create table adjustment (ahead interval not null); insert into adjustment values ('0')`,
    );
    test = new TestScheduler({
      clock: clock as unknown as VirtualClock,
      store: new PostgresJobStore(
        readSettings({ type: 'postgres', url: database.url }),
        ADJUSTED_NOW,
      ),
      handlers: { work: () => {} },
      // Soon enough that a test need not wait for the next sign of life.
      lease: { ttl: 3000, renew: 500, margin: 500 },
    });
    await test.scheduler.start();
    await add('often', EVERY_MS);
    await executed('often', 5);
  });

  afterEach(async () => {
    await test.scheduler.shutdown();
    await database.drop();
  });

  function add(id: string, everyMs: number): Promise<unknown> {
    return test.scheduler.operations.addJob({ id, handler: 'work', trigger: interval(everyMs) });
  }

  /** Waits until a job has run so many more times. */
  function executed(id: string, more: number): Promise<unknown> {
    const count = () => test.ofType('job.executed').filter(({ jobId }) => jobId === id).length;
    const before = count();
    return until(`runs of ${id}`, () => count() >= before + more);
  }

  function setDatabase(aheadMs: number): Promise<unknown> {
    return rowsOf(database.url, `update adjustment set ahead = $1::float8 * interval '1 ms'`, [
      aheadMs,
    ]);
  }

  function records(id: string): Promise<RecordRow[]> {
    return rowsOf<RecordRow>(
      database.url,
      `select extract(epoch from r.scheduled_at)::float8 * 1000 as "from", r.state::text,
         extract(epoch from coalesce(r.until, r.scheduled_at))::float8 * 1000 as "to",
         extract(epoch from r.started_at)::float8 * 1000 as "startedAt"
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid where j.id = $1 order by r.scheduled_at`,
      [id],
    );
  }

  /** Each instant is in one record, and nothing has run before its instant. */
  async function expectWhole(id: string): Promise<RecordRow[]> {
    const rows = await records(id);
    rows.forEach(({ from, state, startedAt }, index) => {
      expect(from).toBe(index === 0 ? from : (rows[index - 1]?.to ?? NaN) + EVERY_MS);
      // What turned running when the clock went back waits for its instant all the same.
      const ranAt = state === 'succeeded' ? (startedAt ?? NaN) : from;
      expect(ranAt).toBeGreaterThanOrEqual(from);
    });
    return rows;
  }

  it('does not mind what the clock of its machine shows, nor that it jumps', async () => {
    for (const aheadMs of [HOUR_MS, -HOUR_MS, 0]) {
      clock.aheadMs = aheadMs;
      await executed('often', 5);
      // An operation goes by the time of the database, too.
      const id = `added at ${aheadMs}`;
      await add(id, EVERY_MS);
      await executed(id, 2);
    }
    const rows = await expectWhole('often');
    // What a busy machine passes over is seconds, not hours.
    const passed = rows.map(({ from, to }) => to - from);
    expect(Math.max(...passed)).toBeLessThan(HOUR_MS / 2);
    const [now] = await rowsOf<{ ms: number }>(
      database.url,
      'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
    );
    expect(Math.abs((rows.at(-1)?.to ?? NaN) - (now?.ms ?? NaN))).toBeLessThan(HOUR_MS / 2);
  });

  it('follows the clock of its database an hour ahead: what falls into the hour runs once', async () => {
    const date = new Date(Date.now() + HOUR_MS / 2);
    const trigger = at(date);
    await test.scheduler.operations.addJob({ id: 'in the hour', handler: 'work', trigger });
    await setDatabase(HOUR_MS);
    await executed('in the hour', 1);
    await executed('often', 10);

    const rows = await expectWhole('often');
    const jumped = rows.filter(({ from, to }) => to - from > HOUR_MS / 2);
    expect(jumped).toMatchObject([{ state: 'missed' }]);
    expect(await records('in the hour')).toMatchObject([
      { from: date.getTime(), state: 'succeeded' },
    ]);
  });

  it('follows the clock of its database an hour back: no instant runs again, and new ones do', async () => {
    const before = (await records('often')).at(-1)?.from ?? NaN;
    await add('bystander', 24 * HOUR_MS);
    await setDatabase(-HOUR_MS);
    // With the next sign of life at the latest, the node knows.
    await until('the jump is noticed', async () => {
      await test.scheduler.operations.modifyJob('bystander', { name: 'Bystander' });
      return (test.ofType('job.modified').at(-1)?.at.getTime() ?? Infinity) < before - HOUR_MS / 2;
    });
    await add('afterwards', EVERY_MS);
    await executed('afterwards', 10);

    const afterwards = await expectWhole('afterwards');
    expect(afterwards.at(-1)?.to).toBeLessThan(before);
    // It goes on where it stood, when that time has come again.
    const rows = await expectWhole('often');
    const next = (await test.scheduler.getJob('often'))?.nextFireAt?.getTime() ?? NaN;
    expect(next).toBeGreaterThanOrEqual(rows.at(-1)?.to ?? NaN);
    await setDatabase(0);
    await executed('often', 5);
    await expectWhole('often');
  });
});
