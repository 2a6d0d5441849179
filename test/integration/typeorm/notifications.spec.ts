import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newJob } from '../../contract/new-job.js';
import { plannedRun } from '../../contract/plans.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

const HOUR = 3_600_000;

describe('Notifications of the Postgres store', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let here: OpenedStore;
  let there: OpenedStore;

  beforeAll(async () => {
    database = await createDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  beforeEach(async () => {
    here = await OpenedStore.open({ type: 'postgres', url: database.url });
    there = await OpenedStore.open({ type: 'postgres', url: database.url });
  });

  afterEach(async () => {
    await here.close();
    await there.close();
    await admin.query('drop schema scheduler cascade');
  });

  it('wake other processes for work that is due soon, once for all that came together', async () => {
    const soon = Date.now() + 3000;
    await here.store.addJobs([
      newJob('second', { nextFireAt: soon + 1 }),
      newJob('first', { nextFireAt: soon }),
      newJob('last', { nextFireAt: soon + HOUR }),
    ]);
    await there.until(() => there.woken.length > 0);
    await here.store.addJobs([newJob('mark', { nextFireAt: 7 })]);
    await there.until(() => there.woken.includes(7));
    expect(there.woken).toEqual([soon, 7]);
  });

  it('are not sent for what any sweep will find in time', async () => {
    await here.store.addJobs([newJob('late', { nextFireAt: Date.now() + HOUR })]);
    await here.store.addJobs([newJob('never')]);
    await here.store.editJob('late', () => ({ name: 'later', nextFireAt: Date.now() + 2 * HOUR }));
    await here.store.editJob('never', () => ({ nextFireAt: 5 }));
    await there.until(() => there.woken.length > 0);
    expect(there.woken).toEqual([5]);
  });

  it('wake for runs by hand, and for those that somebody gives back or leaves', async () => {
    const node = await here.join();
    await here.store.addJobs([newJob('job')]);
    const run = await here.store.addRun('job', (_job, now) => plannedRun(now, { state: 'queued' }));
    const startAt = run?.startAt ?? 0;
    await there.until(() => there.woken.length === 1);
    const { runs } = await node.take();
    await node.release(runs);
    await there.until(() => there.woken.length === 2);
    await node.take();
    await here.store.leave(node.id);
    await here.store.reap(3);
    await there.until(() => there.woken.length === 3);
    expect(there.woken.slice(0, 2)).toEqual([startAt, startAt]);
  });

  it('are listened for again after the connection broke, with a look at what was missed', async () => {
    await admin.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where query like 'listen%' and datname = current_database()`);
    for (const opened of [here, there]) {
      await opened.until(() => opened.warnings.length > 0);
      await opened.until(() => opened.woken.includes(0));
    }
    await here.store.addJobs([newJob('after', { nextFireAt: 9 })]);
    await there.until(() => there.woken.includes(9));
    await there.until(() => there.warnings.length > 1);
    expect(there.warnings).toEqual([
      expect.stringMatching(/^Notifications are cut off \(.*\): work that others add/),
      'Notifications arrive again.',
    ]);
  });

  it('that are none of ours are passed over', async () => {
    await admin.query(
      `select pg_notify('scheduler.wake', 'nonsense'), pg_notify('scheduler.wake', '')`,
    );
    await admin.query(`select pg_notify('scheduler.wake', '11')`);
    await there.until(() => there.woken.includes(11));
    expect(there.woken.filter((at) => at !== 0)).toEqual([11]);
  });
});
