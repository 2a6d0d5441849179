import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, cron } from '../../../lib/index.js';
import { AppProcess, killAppsAfterEach } from '../../support/cluster/app-process.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { PrivatePostgres } from '../../support/postgres/index.js';
import type { OutageSettings } from './outage-settings.js';

const APP = new URL('./app.ts', import.meta.url);

/** A caller is not kept waiting longer than this. */
const A_FEW_SECONDS_MS = 6000;

describe('An application whose database goes away', () => {
  let server: PrivatePostgres;

  beforeEach(async () => {
    server = await PrivatePostgres.start();
  });

  killAppsAfterEach();

  afterEach(async () => {
    await server.destroy();
  });

  function start(): Promise<AppProcess> {
    return AppProcess.start(APP, { url: server.url, ttl: 4000 } satisfies OutageSettings);
  }

  function ticks(app: AppProcess): number[] {
    return app
      .told('job.executed')
      .filter(({ jobId }) => jobId === 'tick')
      .map(({ scheduledAt }) => scheduledAt.getTime());
  }

  /** What callers get while the database is away: how each fares, and after how long. */
  async function attempts(app: AppProcess, runId: string): Promise<{ code: string; ms: number }[]> {
    const { scheduler } = app;
    const calls = [
      () => scheduler.getJob('tick'),
      () => scheduler.getJobs(),
      () => scheduler.getRuns({ jobId: 'tick' }),
      () => scheduler.getRun(runId),
      () => scheduler.addJob({ id: 'new', handler: 'long', trigger: cron('0 0 1 1 *') }),
      () => scheduler.modifyJob('tick', { name: 'Tick' }),
      () => scheduler.pauseJob('tick'),
      () => scheduler.resumeJob('tick'),
      () => scheduler.removeJob('long'),
      () => scheduler.removeAllJobs(),
      () => scheduler.runJob('tick'),
    ];
    return Promise.all(
      calls.map(async (call) => {
        const begun = performance.now();
        const code = await call().then(
          () => 'answered',
          (error: { code?: string }) => error.code ?? 'no code',
        );
        return { code, ms: performance.now() - begun };
      }),
    );
  }

  it.each([
    ['immediate', 10_000],
    ['fast', 6000],
  ] as const)(
    'goes on with every job, and forgets nothing (stop %s, %i ms)',
    async (mode, outageMs) => {
      const app = await start();
      await app.scheduler.addJob({ id: 'long', handler: 'long', trigger: at(new Date()) });
      const { runId } = await app.event('job.started', ({ jobId }) => jobId === 'long');
      const during = new Date(Date.now() + 4000);
      await app.scheduler.addJob({ id: 'during', handler: 'quick', trigger: at(during) });
      await until('ticks', () => ticks(app).length >= 2);

      await server.stop(mode);
      const stoppedAt = performance.now();
      const early = await attempts(app, runId);
      await until('the outage has lasted', () => performance.now() - stoppedAt > outageMs * 0.75);
      const late = await attempts(app, runId);
      await app.call('endLongJobs', 1);
      await until('the outage is over', () => performance.now() - stoppedAt > outageMs);
      expect(app.told('store.recovered')).toEqual([]);
      await server.start();
      const recovered = await app.event('store.recovered');
      await until(
        'ticks',
        () => ticks(app).filter((tick) => tick > recovered.at.getTime()).length >= 4,
      );

      expect([...early, ...late].map(({ code }) => code)).toEqual(
        Array.from({ length: early.length * 2 }, () => 'STORE_UNAVAILABLE'),
      );
      expect(Math.max(...[...early, ...late].map(({ ms }) => ms))).toBeLessThan(A_FEW_SECONDS_MS);

      // What ended meanwhile is on record, though the lease had lapsed: nobody else was there to take it.
      await app.event('job.executed', ({ jobId }) => jobId === 'long');
      expect(await app.scheduler.getRun(runId)).toMatchObject({
        state: 'succeeded',
        attempt: 1,
        result: 'done, though told to stop',
      });

      // What fell into the outage and has no other instant runs late, but runs.
      const { items } = await app.scheduler.getRuns({ jobId: 'during' });
      expect(items).toMatchObject([{ state: 'succeeded', scheduledAt: during, result: 'quick' }]);

      expect(app.told('store.unavailable')).toHaveLength(1);
      expect(app.told('store.recovered')).toHaveLength(1);
      expect(recovered.durationMs).toBeGreaterThan(outageMs - 2000);

      await expectUnbrokenRecord(outageMs);
      await app.scheduler.pauseJob('tick');
      await app.scheduler.runJob('tick');
      expect(await app.scheduler.getJob('tick')).toMatchObject({ state: 'paused' });
      expect(await app.scheduler.getJob('new')).toBeNull();
      expect(app.isRunning).toBe(true);
      expect(app.output).not.toMatch(/UnhandledPromiseRejection|uncaught/i);
      expect((await app.stop()).signal).toBe('SIGTERM');
    },
    60_000,
  );

  /** Each second is in exactly one record: it ran, or it is in the range that was passed over. */
  async function expectUnbrokenRecord(outageMs: number): Promise<void> {
    const rows = await rowsOf<{
      from: number;
      to: number;
      count: number;
      state: string;
      reason: string;
    }>(
      server.url,
      `select extract(epoch from r.scheduled_at)::float8 as "from",
         extract(epoch from coalesce(r.until, r.scheduled_at))::float8 as "to", r.count::integer, r.state::text, r.reason
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid
       where j.id = 'tick' and r.seq = 0 order by r.scheduled_at`,
    );
    rows.forEach((row, index) => {
      expect(row.count).toBe(row.to - row.from + 1);
      expect(row.from).toBe(index === 0 ? row.from : (rows[index - 1]?.to ?? 0) + 1);
    });
    const missed = rows.filter(({ state }) => state === 'missed');
    expect(missed.filter(({ reason }) => reason !== 'coalesced')).toEqual([]);
    const passedOver = missed.reduce((sum, { count }) => sum + count, 0);
    expect(passedOver).toBeGreaterThanOrEqual(outageMs / 1000 - 3);
    // The run that makes up for the outage may begin so shortly before the next instant that it is still live then.
    const skipped = rows.filter(({ state }) => state === 'skipped');
    expect(skipped.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(3);
    const others = rows.filter((row) => row.state !== 'missed' && row.state !== 'skipped');
    expect(others.every(({ state }) => ['succeeded', 'queued', 'running'].includes(state))).toBe(
      true,
    );
  }
});
