import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { JobContext } from '../../../lib/core/job-context.js';
import type { ClaimedRun } from '../../../lib/core/run.js';
import { at, interval } from '../../../lib/triggers/index.js';
import { newJob } from '../../contract/new-job.js';
import { runEvery } from '../../contract/plans.js';
import { RealScheduler } from '../../support/cluster/real-scheduler.js';
import { until } from '../../support/cluster/until.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

type Body = (context: JobContext) => unknown;

describe('A handler that completes its run in a transaction of its own', () => {
  let database: TestDatabase;
  let application: DataSource;
  let real: RealScheduler;
  let handler: Body;

  beforeAll(async () => {
    database = await createDatabase();
    application = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    await application.query('create table payment (run text not null)');
  });

  afterAll(async () => {
    await application.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    await application.query('truncate payment');
    await application.query('drop schema if exists scheduler cascade');
    real = await RealScheduler.start('postgres', {
      url: database.url,
      handlers: { pay: (context) => handler(context) },
    });
  });

  afterEach(() => real.stop());

  const payments = async (): Promise<unknown[]> => application.query('select run from payment');
  const pay = (manager: EntityManager, { runId }: JobContext): Promise<unknown> =>
    manager.query('insert into payment values ($1)', [runId]);
  const add = async (options: object = {}): Promise<void> => {
    const job = { id: 'job', handler: 'pay', trigger: at(new Date()), ...options };
    await real.test.scheduler.operations.addJob(job);
  };
  const told = (type: string): Promise<unknown> =>
    until(`${type} of the job`, () => real.test.told('job').includes(type));
  const runs = async () => (await real.test.scheduler.getRuns({ jobId: 'job' })).items;

  it('has the run on record with the commit, and what it returns afterwards is not', async () => {
    let whileOpen: unknown;
    handler = async (context) => {
      await application.transaction(async (manager) => {
        await pay(manager, context);
        await context.completeIn(manager);
        whileOpen = (await runs())[0]?.state;
      });
      return 'too late';
    };
    await add();
    await told('job.executed');
    expect(whileOpen).toBe('running');
    expect(await runs()).toMatchObject([{ state: 'succeeded', result: null, attempt: 1 }]);
    expect(await payments()).toHaveLength(1);
    expect(real.test.ofType('job.executed')).toMatchObject([{ result: null }]);
  });

  it('leaves the run to the end of the handler when the transaction is rolled back', async () => {
    handler = (context) =>
      application.transaction(async (manager) => {
        await pay(manager, context);
        await context.completeIn(manager);
        throw new Error('changed its mind');
      });
    await add();
    await told('job.error');
    expect(await runs()).toMatchObject([
      { state: 'failed', error: { message: 'changed its mind' } },
    ]);
    expect(await payments()).toEqual([]);
  });

  it('has the run succeeded when it fails after the commit', async () => {
    handler = async (context) => {
      await application.transaction((manager) => context.completeIn(manager));
      throw new Error('afterthought');
    };
    await add();
    await told('job.executed');
    expect(await runs()).toMatchObject([{ state: 'succeeded', error: null }]);
    expect(real.test.told('job')).not.toContain('job.error');
  });

  it('is rolled back when the run has been handed on', async () => {
    const refusals: unknown[] = [];
    handler = async (context) => {
      if (context.attempt === 1) {
        await application.query(
          `update scheduler.run set state = 'queued', node_id = null, claim = null`,
        );
        await until('the second attempt is on record', async () => {
          const [run] = await runs();
          return run?.state === 'succeeded' && run.attempt === 2;
        });
      }
      await application
        .transaction(async (manager) => {
          await pay(manager, context);
          await context.completeIn(manager);
        })
        .catch((error: unknown) => void refusals.push(error));
    };
    await add();
    await told('job.abandoned');
    expect(refusals).toMatchObject([{ code: 'RUN_SUPERSEDED' }]);
    expect(await payments()).toHaveLength(1);
    expect(await runs()).toMatchObject([{ state: 'succeeded', attempt: 2 }]);
  });

  it('holds up neither the outcomes of others nor what waits behind, while it takes its time', async () => {
    let commit = (): void => {};
    const committed = new Promise<void>((resolve) => (commit = resolve));
    let open: Promise<unknown> | undefined;
    handler = async (context) => {
      if (context.jobId === 'job' && !open) {
        // Completed, but not committed when the handler ends.
        let isCompleted = (): void => {};
        const completed = new Promise<void>((resolve) => (isCompleted = resolve));
        open = application.transaction(async (manager) => {
          await pay(manager, context);
          await context.completeIn(manager);
          isCompleted();
          await committed;
        });
        await completed;
      }
    };
    await add({ overlap: 'queue', trigger: interval({ milliseconds: 200 }) });
    const { operations } = real.test.scheduler;
    await until('a run waits behind it', async () =>
      (await runs()).some(({ reason }) => reason === 'waiting'),
    );
    for (const id of ['one', 'two', 'three']) {
      await operations.addJob({ id, handler: 'pay', trigger: at(new Date()) });
      await until(`${id} is executed`, () => real.test.told(id).includes('job.executed'));
    }
    expect((await runs()).at(-1)?.state).toBe('running');
    expect(real.test.ofType('store.unavailable')).toEqual([]);
    commit();
    await open;
    await told('job.executed');
    await until('what waited is executed', () => real.test.ofType('job.executed').length > 5);
    expect(real.test.ofType('job.error', 'job.abandoned')).toEqual([]);
  });

  it('is told what is wrong when there is no such transaction', async () => {
    const errors: unknown[] = [];
    handler = async (context) => {
      for (const manager of [undefined, application.manager, 'manager']) {
        await context.completeIn(manager).catch((error: unknown) => void errors.push(error));
      }
    };
    await add();
    await told('job.executed');
    expect(errors).toMatchObject([1, 2, 3].map(() => ({ code: 'INVALID_JOB' })));
  });
});

describe('The reaping of a node that completes a run this moment', () => {
  let database: TestDatabase;
  let application: DataSource;

  beforeAll(async () => {
    database = await createDatabase();
    application = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  });

  afterAll(async () => {
    await application.destroy();
    await database.drop();
  });

  it.each([
    { end: 'commit', reapedThen: [], state: 'succeeded' },
    { end: 'rollback', reapedThen: ['completed'], state: 'queued' },
  ])(
    'hands on the others at once, and that one as the $end says',
    async ({ end, reapedThen, state }) => {
      const opened = await OpenedStore.open({ dataSource: application, schema: `reaped_${end}` });
      const { store } = opened;
      try {
        const node = await opened.join();
        await store.addJobs(['completed', 'other'].map((id) => newJob(id, { nextFireAt: 0 })));
        const runs = await node.claim(runEvery(3_600_000));
        const completed = runs.find((run) => run.job.id === 'completed') as ClaimedRun;
        const outcome = { startedAt: 0, finishedAt: 1, result: null, error: null, reason: null };
        const reaped = async (): Promise<string[]> =>
          (await store.reap(3)).runs.map((run) => run.jobId);
        const transaction = application.transaction(async (manager) => {
          const done = { ...completed, ...outcome, state: 'succeeded' as const };
          expect(await store.complete(node.id, done, manager)).toBe(true);
          await store.leave(node.id);
          expect(await reaped()).toEqual(['other']);
          expect((await store.finish(node.id, [done])).recorded).toEqual([null]);
          if (end === 'rollback') {
            throw new Error(end);
          }
        });
        await transaction.catch(() => undefined);
        expect(await reaped()).toEqual(reapedThen);
        expect(await store.getRun(completed)).toMatchObject({ state });
      } finally {
        await opened.close();
      }
    },
  );
});
