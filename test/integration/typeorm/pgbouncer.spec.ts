import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { SystemClock } from '../../../lib/core/clock.js';
import { createDataSource } from '../../../lib/stores/typeorm/connection/data-source.factory.js';
import { Database } from '../../../lib/stores/typeorm/connection/database.js';
import { SqlNames } from '../../../lib/stores/typeorm/connection/sql-names.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { readSettings } from '../../../lib/stores/typeorm/typeorm-store.options.js';
import { newJob } from '../../contract/new-job.js';
import { plannedRun, runAhead, runNow } from '../../contract/plans.js';
import { RealScheduler } from '../../support/cluster/real-scheduler.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import {
  describePooled,
  keepsPreparedStatements,
  PgBouncer,
} from '../../support/pgbouncer/index.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

const JOBS = 40;
const CALLERS = 8;

const DEAF = expect.stringMatching(/^Notifications do not arrive.*connect to Postgres directly/);
const NAMELESS = expect.stringMatching(/does not look after prepared statements/);

type Settings = Readonly<Record<string, string | number>>;

/** What a pooler is told, and whether statements keep their names behind it. */
const POOLERS: readonly (readonly [Settings, boolean])[] = keepsPreparedStatements
  ? [
      [{ pool_mode: 'transaction', max_prepared_statements: 0 }, false],
      [{ pool_mode: 'transaction', max_prepared_statements: 100 }, true],
    ]
  : [[{ pool_mode: 'transaction' }, false]];

describePooled('Postgres store behind PgBouncer', () => {
  let database: TestDatabase;
  let pooler: PgBouncer;
  let opened: OpenedStore;

  beforeAll(async () => {
    if (!keepsPreparedStatements) {
      console.warn('PgBouncer is older than 1.21 here: max_prepared_statements is not tested.');
    }
    database = await createDatabase();
  });

  afterAll(() => database.drop());

  const startBehind = async (settings: Settings): Promise<void> => {
    pooler = await PgBouncer.start(database.url, settings);
    opened = await OpenedStore.open({ type: 'postgres', url: pooler.url(database.url) });
  };

  afterEach(async () => {
    await opened.close();
    await pooler.stop();
    await rowsOf(database.url, 'drop schema scheduler cascade');
  });

  it.each(POOLERS)('loses nothing in transaction mode (%j)', async (settings, keepsNames) => {
    await startBehind(settings);
    const { store } = opened;
    const nodes = [await opened.join(), await opened.join()];
    const soon = Date.now() + 60_000;
    const ids = Array.from({ length: JOBS }, (_, index) => `job ${String(index).padStart(2, '0')}`);

    // All of it at once, so that the connections of the server change under those of the store.
    await Promise.all(ids.map((id) => store.addJobs([newJob(id, { nextFireAt: soon })])));
    const edits = await Promise.all(ids.map((id) => store.editJob(id, () => ({ name: `${id}!` }))));
    expect(edits.map((job) => job?.version)).toEqual(ids.map(() => 2));
    expect(await opened.ids()).toEqual(ids);
    const claimed = await Promise.all(
      nodes.flatMap((node) =>
        [1, 2, 3].map(async () => ({
          node,
          runs: await node.claim(runAhead, { lead: 120_000, limit: JOBS / 4 }),
        })),
      ),
    );
    expect(claimed.flatMap(({ runs }) => runs.map((run) => run.job.id)).sort()).toEqual(ids);
    const outcomes = await Promise.all(
      claimed.map(async ({ node, runs }) => {
        const { started } = await node.start(runs);
        const { recorded } = await node.finish(runs, { result: 'done' });
        return [...started, ...recorded];
      }),
    );
    expect(outcomes.flat()).toEqual(Array.from({ length: 2 * JOBS }, () => true));
    const runs = await store.listRuns({ state: ['succeeded'] }, { after: null, limit: 1000 });
    expect(runs).toHaveLength(JOBS);
    const byHand = await store.addRun('job 00', (_job, now) =>
      plannedRun(now, { state: 'queued' }),
    );
    expect(byHand).not.toBeNull();
    await store.removeJob('job 01', () => undefined);
    expect(await opened.ids()).toHaveLength(JOBS - 1);
    expect(opened.warnings.filter((text) => text.includes('prepared'))).toEqual(
      keepsNames ? [] : [NAMELESS],
    );
  });

  it.each(['the pooler', 'Postgres itself'])(
    'takes part in transactions of an application that is connected to %s',
    async (to) => {
      await startBehind({ pool_mode: 'transaction' });
      const url = to === 'the pooler' ? pooler.url(database.url) : database.url;
      const application = await new DataSource({ type: 'postgres', url }).initialize();
      const { store } = opened;
      const rollBack = new Error('the application changed its mind');
      const change = (index: number): Promise<void> =>
        application.transaction(async (manager) => {
          const nextFireAt = 1000 + index;
          await store.addJobs([newJob(`kept ${index}`, { nextFireAt })], { manager });
          await store.editJob(`kept ${index}`, () => ({ name: 'edited' }), { manager });
          if (index % 2 === 1) {
            throw rollBack;
          }
        });
      const numbers = Array.from({ length: CALLERS }, (_, index) => index);
      // One half after the other, so that the second finds its connections used.
      const ends = [
        ...(await Promise.allSettled(numbers.slice(0, CALLERS / 2).map(change))),
        ...(await Promise.allSettled(numbers.slice(CALLERS / 2).map(change))),
      ];
      expect(ends.map(({ status }) => status)).toEqual(
        ends.map((_, index) => (index % 2 === 1 ? 'rejected' : 'fulfilled')),
      );
      expect(await opened.ids()).toEqual([0, 2, 4, 6].map((index) => `kept ${index}`));
      const node = await opened.join();
      expect(await node.claim(runNow)).toHaveLength(CALLERS / 2);
      await application.destroy();
    },
  );

  describe('of a database whose transactions are not "read committed" by default', () => {
    const settle = (what: string): Promise<unknown> =>
      rowsOf(
        database.url,
        `do $$ begin execute format('alter database %I ${what}', current_database()); end $$`,
      );

    beforeEach(() => settle(`set default_transaction_isolation = ''repeatable read''`));
    afterEach(() => settle('reset default_transaction_isolation'));

    it('has its own so, and leaves the sessions of the server as they are', async () => {
      await startBehind({ pool_mode: 'transaction', default_pool_size: 2 });
      const settings = readSettings({ type: 'postgres', url: pooler.url(database.url) });
      const source = await createDataSource(settings, () => undefined).initialize();
      const own = new Database(source, new SqlNames('scheduler'), () => undefined);
      const read = `select current_setting('transaction_isolation') as level`;
      const alone = await Promise.all(
        Array.from({ length: 4 }, () => own.session((session) => session.query(read, []))),
      );
      const within = await own.transaction((session) => session.query(read, []));
      expect([...alone, within]).toEqual(
        Array.from({ length: 5 }, () => [{ level: 'read committed' }]),
      );
      for (let turn = 0; turn < 4; turn += 1) {
        const rows = await rowsOf(pooler.url(database.url), read);
        expect(rows).toEqual([{ level: 'repeatable read' }]);
      }
      await own.close();
    });
  });

  describe('as to notifications', () => {
    it('finds out that none arrive in transaction mode, has the node look, and hears again in session mode', async () => {
      await startBehind({ pool_mode: 'transaction' });
      await opened.until(() => opened.warnings.length > 0);
      expect(opened.warnings).toEqual([DEAF]);
      const looks = opened.woken.length;
      await opened.until(() => opened.woken.length >= looks + 3);
      expect(new Set(opened.woken)).toEqual(new Set([0]));

      await pooler.command(`set pool_mode = 'session'`);
      await opened.until(() => opened.warnings.length > 1);
      expect(opened.warnings).toEqual([DEAF, 'Notifications arrive again.']);
      await opened.store.addJobs([newJob('heard', { nextFireAt: 7 })]);
      await opened.until(() => opened.woken.includes(7));
    }, 60_000);

    it('says that events of other processes do not arrive either, where they are wanted', async () => {
      await startBehind({ pool_mode: 'transaction' });
      const store = typeormStore({ type: 'postgres', url: pooler.url(database.url) });
      const warning = new Promise<string>((warn) => {
        void store.open({
          alias: 'default',
          clock: new SystemClock(),
          wake: () => undefined,
          warn: (message) => {
            if (message.startsWith('Notifications')) {
              warn(message);
            }
          },
          hear: () => undefined,
        });
      });
      expect(await warning).toMatch(/events of other processes do not arrive at all/);
      await store.close();
      await opened.until(() => opened.warnings.length > 0);
      expect(opened.warnings.join()).not.toContain('events');
    });

    it('takes back what it asked for in vain, so that nobody else is told in its place', async () => {
      await startBehind({ pool_mode: 'transaction', default_pool_size: 1 });
      const channels = (): Promise<unknown[]> =>
        rowsOf(pooler.url(database.url), 'select pg_listening_channels()');
      expect(await channels()).not.toEqual([]);
      await opened.until(() => opened.warnings.length > 0);
      expect(opened.warnings).toEqual([DEAF]);
      expect(await channels()).toEqual([]);
    });

    it('hears them in session mode', async () => {
      await startBehind({ pool_mode: 'session' });
      const soon = Date.now() + 5000;
      const direct = await OpenedStore.open({ type: 'postgres', url: database.url });
      await direct.store.addJobs([newJob('heard', { nextFireAt: soon })]);
      await opened.until(() => opened.woken.includes(soon));
      expect(opened.warnings).toEqual([]);
      await direct.close();
    });
  });
});

describePooled('scheduler behind PgBouncer in transaction mode', () => {
  let database: TestDatabase;
  let pooler: PgBouncer;
  let real: RealScheduler;
  let elsewhere: OpenedStore;

  beforeEach(async () => {
    database = await createDatabase();
    pooler = await PgBouncer.start(database.url, { pool_mode: 'transaction' });
    real = await RealScheduler.start('postgres', {
      url: pooler.url(database.url),
      handlers: { a: () => 'done' },
      // Far longer than this test: neither a sweep nor a beat helps.
      sweepInterval: 600_000,
      lease: { ttl: 600_000, renew: 200_000, margin: 2000 },
    });
    elsewhere = await OpenedStore.open({ type: 'postgres', url: database.url });
  });

  afterEach(async () => {
    await elsewhere.close();
    await real.stop();
    await pooler.stop();
    await database.drop();
  });

  it('runs what another process has added, without having heard of it', async () => {
    const added = ['one', 'two', 'three'];
    for (const id of added) {
      await elsewhere.store.addJobs([newJob(id, { nextFireAt: Date.now() })]);
      await until(`${id} runs`, () => real.test.told(id).includes('job.executed'));
    }
    const { items } = await real.test.scheduler.getRuns({});
    expect(items.map(({ jobId, state }) => `${jobId} ${state}`).sort()).toEqual(
      added.map((id) => `${id} succeeded`).sort(),
    );
  });
});
