import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, interval } from '../../../lib/index.js';
import { AppProcess, killAppsAfterEach } from '../../support/cluster/app-process.js';
import { Ledger } from '../../support/cluster/ledger.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { createDatabase, type TestDatabase } from '../../support/postgres/index.js';
import type { RestartSettings } from './restart-settings.js';

const APP = new URL('./app.ts', import.meta.url);

const EXPRESSIONS = { tick: '* * * * * *', visits: 25_200_000, report: '0 30 5 1 1 *' };

describe('An application that is killed and started again', () => {
  killAppsAfterEach();

  let database: TestDatabase;
  let ledger: Ledger;

  beforeEach(async () => {
    database = await createDatabase();
    ledger = new Ledger(database.url);
    await ledger.create();
  });

  afterEach(async () => {
    await ledger.close();
    await database.drop();
  });

  function start(
    expressions: Partial<RestartSettings['expressions']> = {},
    options: Partial<RestartSettings> = {},
  ): Promise<AppProcess> {
    return AppProcess.start(APP, {
      url: database.url,
      lead: 200,
      ttl: 1500,
      expressions: { ...EXPRESSIONS, ...expressions },
      ...options,
    } satisfies RestartSettings);
  }

  /** Definitions, pauses, versions and dates of change: the whole rows. */
  function jobs(): Promise<{ id: string; version: number }[]> {
    return rowsOf(database.url, 'select * from scheduler.job order by id');
  }

  /** Where jobs stand that do not fire during a test. */
  function quiet(): Promise<unknown[]> {
    return rowsOf(
      database.url,
      `select j.id, d.* from scheduler.due d join scheduler.job j on j.uid = d.job_uid
       where j.id <> 'tick' order by j.id`,
    );
  }

  function finalRuns(): Promise<{ key: string }[]> {
    return rowsOf(
      database.url,
      `select r.*, r.job_uid || '/' || r.scheduled_at as key from scheduler.run r
       where state not in ('queued', 'running') order by job_uid, scheduled_at, seq`,
    );
  }

  async function watermark(id: string): Promise<number> {
    const [row] = await rowsOf<{ at: number }>(
      database.url,
      `select extract(epoch from d.last_fire_at)::float8 * 1000 as at
       from scheduler.due d join scheduler.job j on j.uid = d.job_uid where j.id = $1`,
      [id],
    );
    return row?.at ?? NaN;
  }

  async function ticks(more = 2): Promise<void> {
    const before = (await ledger.entries('tick')).length;
    await until('ticks', async () => (await ledger.entries('tick')).length >= before + more);
  }

  it('has its jobs, their next instants, pauses and history as they were', async () => {
    const first = await start();
    await first.scheduler.addJob({
      id: 'welcome',
      handler: 'note',
      args: ['hello'],
      trigger: interval({ hours: 5 }),
    });
    await first.scheduler.addJob({
      id: 'later',
      handler: 'note',
      args: [],
      trigger: at('2999-01-01T00:00:00Z'),
    });
    await first.scheduler.pauseJob('report');
    await first.scheduler.pauseJob('later');
    await ticks();
    await first.kill();
    const [jobsBefore, quietBefore, runsBefore] = [await jobs(), await quiet(), await finalRuns()];
    const instants = (await ledger.entries('tick')).map((entry) => entry.scheduledAt);

    const second = await start();
    await ticks();

    expect(await jobs()).toEqual(jobsBefore);
    expect(await quiet()).toEqual(quietBefore);
    expect(jobsBefore.map(({ id, version }) => [id, version])).toEqual([
      ['later', 2],
      ['report', 2],
      ['tick', 1],
      ['visits', 1],
      ['welcome', 1],
    ]);
    expect(runsBefore.length).toBeGreaterThan(0);
    expect(await finalRuns()).toEqual(expect.arrayContaining(runsBefore));
    expect(await second.scheduler.getJob('report')).toMatchObject({ state: 'paused' });
    expect(await second.scheduler.getJob('later')).toMatchObject({ state: 'paused' });
    expect(second.told('job.added', 'job.modified')).toEqual([]);
    // What fell into the time without an application is on record, and nothing of before ran again.
    const { items } = await second.scheduler.getRuns({ jobId: 'tick', state: 'missed' });
    expect(items.every(({ reason }) => reason === 'coalesced')).toBe(true);
    const after = (await ledger.entries('tick')).filter(({ pid }) => pid === second.pid);
    expect(
      after.filter(({ scheduledAt, attempt }) => attempt === 1 && instants.includes(scheduledAt)),
    ).toEqual([]);
  });

  it('plans a declared job anew whose schedule has changed, and no instant of it again', async () => {
    const first = await start();
    await first.scheduler.pauseJob('report');
    const tick = await first.scheduler.getJob('tick');
    const visits = await first.scheduler.getJob('visits');
    await ticks();
    await first.kill();
    const passed = await watermark('tick');
    const lastEntry = (await ledger.entries('tick')).at(-1)?.scheduledAt;

    const changed = await start({ tick: '0 0 0 1 1 *', visits: 3_600_000, report: '0 15 6 1 1 *' });

    const tickNow = await changed.scheduler.getJob('tick');
    expect(tickNow).toMatchObject({ version: (tick?.version ?? 0) + 1, state: 'active' });
    expect(tickNow?.nextFireAt?.toISOString()).toMatch(/-01-01T00:00:00.000Z$/);
    expect(tickNow?.lastFireAt?.getTime()).toBeGreaterThanOrEqual(lastEntry ?? Infinity);
    expect(tickNow?.lastFireAt?.getTime()).toBeLessThanOrEqual(passed);
    const visitsNow = await changed.scheduler.getJob('visits');
    expect(visitsNow?.version).toBe(2);
    expect(visitsNow?.nextFireAt?.getTime()).toBeLessThan(visits?.nextFireAt?.getTime() ?? 0);
    const reportNow = await changed.scheduler.getJob('report');
    expect(reportNow).toMatchObject({
      state: 'paused',
      nextFireAt: null,
      trigger: { expression: '0 15 6 1 1 *' },
    });
    expect((await changed.scheduler.resumeJob('report')).nextFireAt?.toISOString()).toMatch(
      /-01-01T06:15:00.000Z$/,
    );
  });

  it('runs a job again that was running, after the lease of the process that died', async () => {
    const first = await start();
    await first.scheduler.addJob({ id: 'stuck', handler: 'stuck', trigger: at(new Date()) });
    await until('the run has begun', async () => (await ledger.entries('stuck'))[0]);
    await first.kill();
    const [run] = await rowsOf<{ state: string }>(
      database.url,
      `select r.state from scheduler.run r join scheduler.job j on j.uid = r.job_uid where j.id = 'stuck'`,
    );
    expect(run?.state).toBe('running');

    const second = await start();
    const { runId } = await second.event('job.executed', ({ jobId }) => jobId === 'stuck');

    expect(await second.scheduler.getRun(runId)).toMatchObject({
      state: 'succeeded',
      attempt: 2,
      result: 'got through',
    });
    expect(second.told('job.abandoned')).toMatchObject([{ jobId: 'stuck', runId, attempt: 1 }]);
    expect((await ledger.entries('stuck')).map(({ attempt, pid }) => [attempt, pid])).toEqual([
      [1, first.pid],
      [2, second.pid],
    ]);
  });

  it('does not lose a run that was claimed ahead of its instant', async () => {
    const first = await start({}, { lead: 30_000 });
    const date = new Date(Date.now() + 4000);
    await first.scheduler.addJob({
      id: 'ahead',
      handler: 'note',
      args: ['once'],
      trigger: at(date),
    });
    const claimed = () =>
      rowsOf<{ state: string; node_id: string | null }>(
        database.url,
        `select r.state, r.node_id from scheduler.run r join scheduler.job j on j.uid = r.job_uid
         where j.id = 'ahead'`,
      );
    await until('the run is claimed', async () => (await claimed())[0]?.node_id);
    await first.kill();
    expect(await claimed()).toMatchObject([{ state: 'queued' }]);

    const second = await start();
    await second.event('job.executed', ({ jobId }) => jobId === 'ahead');

    expect(await ledger.entries('ahead')).toMatchObject([
      { attempt: 1, pid: second.pid, note: 'once' },
    ]);
  });
});
