import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../lib/index.js';
import { AppProcess, killAppsAfterEach } from '../../support/cluster/app-process.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { PrivatePostgres } from '../../support/postgres/index.js';
import type { OutageSettings } from './outage-settings.js';

const APP = new URL('./app.ts', import.meta.url);

const HANDLERS = 100;

/** What it is for everybody who sets nothing. */
const LEASE_MS = 10_000;

const OUTAGE_MS = 30_000;

interface RunRow {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
  readonly recoveries: number;
  readonly result: string;
}

describe('A hundred handlers that do not stop when they are told to', () => {
  let server: PrivatePostgres;

  beforeEach(async () => {
    server = await PrivatePostgres.start();
  });

  killAppsAfterEach();

  afterEach(async () => {
    await server.destroy();
  });

  function longRuns(): Promise<RunRow[]> {
    return rowsOf<RunRow>(
      server.url,
      `select j.id, r.state::text, r.attempt, r.recoveries, r.result #>> '{}' as result
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid where j.handler = 'long' order by j.id`,
    );
  }

  it('are run once, all of them, though the database is away for 30 seconds', async () => {
    // Neither has room for all: so each sees what the other holds when the database is back.
    const settings: OutageSettings = { url: server.url, concurrency: 60 };
    const apps = await Promise.all([
      AppProcess.start(APP, settings),
      AppProcess.start(APP, settings),
    ]);
    const ids = Array.from({ length: HANDLERS }, (_, index) => `long-${100 + index}`);
    await apps[0].scheduler.addJobs(
      ids.map((id) => ({ id, handler: 'long', executor: 'long', trigger: at(new Date()) })),
    );
    const begun = () =>
      apps.map((app) => app.told('job.started').filter(({ jobId }) => ids.includes(jobId)));
    await until('all have begun', () => begun().flat().length === HANDLERS);
    const held = begun().map((events) => events.length);

    await server.stop('immediate');
    const stoppedAt = performance.now();
    const passed = (ms: number) =>
      until('the outage goes on', () => performance.now() - stoppedAt > ms, { within: OUTAGE_MS });
    // Some end while their lease lasts, others when it has long lapsed, and the rest afterwards.
    await passed(OUTAGE_MS / 10);
    await Promise.all(apps.map((app) => app.call('endLongJobs', 10)));
    await passed(OUTAGE_MS * 0.8);
    await Promise.all(apps.map((app) => app.call('endLongJobs', 15)));
    await passed(OUTAGE_MS);
    expect(apps.flatMap((app) => app.told('store.recovered'))).toEqual([]);
    await server.start();
    const recovered = await Promise.all(apps.map((app) => app.event('store.recovered')));
    // By then whoever took the other for dead would have said so.
    const settledAt = Math.max(...recovered.map((event) => event.at.getTime())) + LEASE_MS + 2000;
    const ticks = () => apps.flatMap((app) => app.told('job.started'));
    await until('a lease time has passed', () =>
      ticks().some(({ scheduledAt }) => scheduledAt.getTime() > settledAt),
    );
    await Promise.all(apps.map((app) => app.call('endLongJobs', HANDLERS)));
    const executed = () =>
      apps.map((app) => app.told('job.executed').filter(({ jobId }) => ids.includes(jobId)));
    await until('all are on record', () => executed().flat().length >= HANDLERS);

    expect(begun().map((events) => events.length)).toEqual(held);
    expect(executed().map((events) => events.length)).toEqual(held);
    expect(
      executed()
        .flat()
        .filter(({ attempt }) => attempt !== 1),
    ).toEqual([]);
    expect(apps.flatMap((app) => app.told('job.abandoned', 'job.error'))).toEqual([]);
    const runs = await longRuns();
    expect(runs.map(({ id }) => id)).toEqual(ids);
    expect(
      runs.filter((run) => run.state !== 'succeeded' || run.attempt !== 1 || run.recoveries !== 0),
    ).toEqual([]);
    // They had been told: the leases lapsed, and they went on all the same.
    const told = runs.filter(({ result }) => result === 'done, though told to stop');
    expect(told).toHaveLength(HANDLERS - 20);
    for (const app of apps) {
      expect(app.isRunning).toBe(true);
      expect(app.output).not.toMatch(/UnhandledPromiseRejection|uncaught/i);
      expect((await app.stop()).signal).toBe('SIGTERM');
    }
  }, 120_000);
});
