import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { NewJob } from '../../../lib/core/job.js';
import { newJob } from '../../contract/new-job.js';
import { runNow } from '../../contract/plans.js';
import { until } from '../../support/cluster/until.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

const MANY = 10_000;
const CALLS = 300;
const HOUR = 3_600_000;

/** Notifications reach this far ahead, in seconds, and those of a caller's transaction are told to the second. */
const MOST_OF_A_CALLER = 22;

describe('Notifications of many writes', () => {
  let database: TestDatabase;
  let listener: pg.Client;
  let heard: string[];
  let opened: OpenedStore;

  beforeAll(async () => {
    database = await createDatabase();
    listener = new pg.Client({ connectionString: database.url });
    await listener.connect();
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen "scheduler.wake"');
  });

  afterAll(async () => {
    await listener.end();
    await database.drop();
  });

  beforeEach(async () => {
    heard = [];
    opened = await OpenedStore.open({ type: 'postgres', url: database.url });
  });

  afterEach(async () => {
    await opened.close();
    await listener.query('drop schema scheduler cascade');
  });

  /** What has been sent until now. Notifications arrive in the order of commits. */
  async function sent(): Promise<string[]> {
    await listener.query(`notify "scheduler.wake", 'end'`);
    await until('the end', () => heard.includes('end'));
    return heard.splice(0).filter((payload) => payload !== 'end');
  }

  function jobs(count: number, from: number, over: number): NewJob[] {
    return Array.from({ length: count }, (_, index) =>
      newJob(`job ${index}`, { nextFireAt: from + ((index * 7919) % over) }),
    );
  }

  it('are one for all jobs that are added at once, and for all that fire', async () => {
    const soon = Date.now() + 5000;
    await opened.store.addJobs(jobs(MANY, soon, 10_000));
    expect(await sent()).toEqual([String(soon)]);
    const node = await opened.join();
    await node.claim(runNow, { lead: HOUR });
    expect((await sent()).length).toBeLessThanOrEqual(1);
  });

  it('are none for jobs that every sweep finds in time', async () => {
    await opened.store.addJobs(jobs(MANY, Date.now() + HOUR, 10_000));
    expect(await sent()).toEqual([]);
  });

  it('are few for a transaction of the application, however much it writes, and reach every instant', async () => {
    const application = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const soon = Date.now() + 5000;
    const past = jobs(CALLS, Date.now() - HOUR, HOUR);
    const ahead = jobs(CALLS, soon, 10_000).map((job) => ({ ...job, id: `${job.id} ahead` }));
    await application.transaction(async (manager) => {
      for (const job of [...past, ...ahead]) {
        await opened.store.addJobs([job], { manager });
      }
    });
    const wakes = (await sent()).map(Number);
    expect(wakes.length).toBeLessThanOrEqual(MOST_OF_A_CALLER);
    expect(wakes).toContain(0);
    const unannounced = ahead.filter(
      ({ nextFireAt }) => !wakes.some((at) => at <= nextFireAt! && nextFireAt! < at + 1000),
    );
    expect(unannounced).toEqual([]);
    await application.destroy();
  }, 60_000);

  it('are none for a transaction that is rolled back', async () => {
    const application = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const changed = application.transaction(async (manager) => {
      await opened.store.addJobs(jobs(CALLS, Date.now(), 1000), { manager });
      throw new Error('the application changed its mind');
    });
    await expect(changed).rejects.toThrow('changed its mind');
    expect(await sent()).toEqual([]);
    await application.destroy();
  });
});
