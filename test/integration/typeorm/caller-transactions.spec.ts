import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { ConflictingJobIdError } from '../../../lib/core/errors/conflicting-job-id.error.js';
import { InvalidJobError } from '../../../lib/core/errors/invalid-job.error.js';
import { VersionConflictError } from '../../../lib/core/errors/version-conflict.error.js';
import { newJob } from '../../contract/new-job.js';
import { plannedRun, runAhead, runEvery } from '../../contract/plans.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

describe('The Postgres store in a transaction of the application', () => {
  let database: TestDatabase;
  let elsewhere: TestDatabase;
  let application: DataSource;
  let opened: OpenedStore;
  let lives = 0;

  beforeAll(async () => {
    [database, elsewhere] = await Promise.all([createDatabase(), createDatabase()]);
    application = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    await application.query('create table reminder (text text primary key)');
  });

  afterAll(async () => {
    await application.destroy();
    await database.drop();
    await elsewhere.drop();
  });

  beforeEach(async () => {
    await application.query('truncate reminder');
    lives += 1;
    opened = await OpenedStore.open({ dataSource: application, schema: `life_${lives}` });
  });

  afterEach(() => opened.close());

  const reminders = async (): Promise<unknown[]> => application.query('select text from reminder');
  const remind = (manager: EntityManager): Promise<unknown> =>
    manager.query(`insert into reminder values ('dentist')`);
  const rollBack = new Error('the application changed its mind');

  it('adds a job with the commit, together with the rows of the application', async () => {
    await application.transaction(async (manager) => {
      await remind(manager);
      await opened.store.addJobs([newJob('dentist', { nextFireAt: 0 })], { manager });
      expect(await opened.ids()).toEqual([]);
      expect(opened.woken).toEqual([]);
    });
    expect(await opened.ids()).toEqual(['dentist']);
    expect(await reminders()).toHaveLength(1);
    await opened.until(() => opened.woken.includes(0));
  });

  it('adds nothing when the transaction is rolled back', async () => {
    const transaction = application.transaction(async (manager) => {
      await remind(manager);
      await opened.store.addJobs([newJob('dentist', { nextFireAt: 0 })], { manager });
      throw rollBack;
    });
    await expect(transaction).rejects.toBe(rollBack);
    expect(await opened.ids()).toEqual([]);
    await opened.store.addJobs([newJob('dentist', { nextFireAt: 1 })]);
    await opened.until(() => opened.woken.length > 0);
    expect(opened.woken).toEqual([1]);
  });

  it('edits, removes and runs jobs with the commit, and not at all with a rollback', async () => {
    await opened.store.addJobs(['edited', 'removed', 'run'].map((id) => newJob(id)));
    const change = async (manager: EntityManager): Promise<void> => {
      await opened.store.editJob('edited', () => ({ name: 'new' }), { manager });
      await opened.store.removeJob('removed', () => undefined, { manager });
      await opened.store.addRun('run', (_job, now) => plannedRun(now, { state: 'queued' }), {
        manager,
      });
    };
    const state = async (): Promise<unknown> => ({
      names: (await opened.store.listJobs({}, { after: null, limit: 9 })).map((job) => job.name),
      runs: (await opened.store.listRuns({}, { after: null, limit: 9 })).length,
    });
    const undone = application.transaction(async (manager) => {
      await change(manager);
      throw rollBack;
    });
    await expect(undone).rejects.toBe(rollBack);
    expect(await state()).toEqual({ names: ['edited', 'removed', 'run'], runs: 0 });
    await application.transaction(change);
    expect(await state()).toEqual({ names: ['new', 'run'], runs: 1 });
  });

  it('keeps nobody waiting for an edit that is not committed', async () => {
    const node = await opened.join();
    const other = await opened.join();
    const soon = Date.now() + 60_000;
    await opened.store.addJobs(
      ['edited', 'left', 'done'].map((id) => newJob(id, { nextFireAt: soon })),
    );
    const runs = await node.claim(runAhead, { lead: 120_000 });
    const undone = application.transaction(async (manager) => {
      await opened.store.editJob('edited', () => ({ nextFireAt: soon + 1 }), { manager });
      await opened.store.removeJob('done', () => undefined, { manager });
      const { started } = await node.start(runs);
      expect(runs.filter((_, index) => started[index]).map((run) => run.job.id)).toEqual(['left']);
      await node.beat(60_000);
      await opened.store.leave(other.id);
      await opened.store.reap(3);
      throw rollBack;
    });
    await expect(undone).rejects.toBe(rollBack);
    // What was to start meanwhile is free for whoever comes first.
    await node.beat(60_000);
    const { runs: taken } = await node.take({ lead: 120_000 });
    expect(taken.map((run) => run.job.id).sort()).toEqual(['done', 'edited']);
  });

  it('has what a dead node holds of an edited job handed on soon after the edit', async () => {
    const node = await opened.join();
    await opened.store.addJobs(['edited', 'other'].map((id) => newJob(id, { nextFireAt: 0 })));
    await node.claim(runEvery(3_600_000));
    await opened.store.leave(node.id);
    const reaped = async (): Promise<{ ids: string[]; isAskedBack: boolean }> => {
      const { now, runs, nextLapseAt } = await opened.store.reap(3);
      const isAskedBack = nextLapseAt !== null && nextLapseAt <= now + 1000;
      return { ids: runs.map((run) => run.jobId), isAskedBack };
    };
    await application.transaction(async (manager) => {
      await opened.store.editJob('edited', () => ({ name: 'new' }), { manager });
      expect(await reaped()).toEqual({ ids: ['other'], isAskedBack: true });
    });
    expect(await reaped()).toEqual({ ids: ['edited'], isAskedBack: false });
  });

  it('leaves the transaction usable after an error', async () => {
    await opened.store.addJobs([newJob('taken', { state: 'paused' })]);
    await application.transaction(async (manager) => {
      await remind(manager);
      const adding = opened.store.addJobs([newJob('free'), newJob('taken')], { manager });
      await expect(adding).rejects.toThrow(ConflictingJobIdError);
      const editing = opened.store.editJob('taken', () => ({}), { manager, ifVersion: 7 });
      await expect(editing).rejects.toThrow(VersionConflictError);
      const broken = opened.store.addJobs([newJob('nul', { name: 'a\u0000b' })], { manager });
      await expect(broken).rejects.toThrow(/0x00/);
      await opened.store.addJobs([newJob('other')], { manager });
    });
    expect(await opened.ids()).toEqual(['other', 'taken']);
    expect(await reminders()).toHaveLength(1);
  });

  it('lets a finished job make way', async () => {
    await opened.store.addJobs([newJob('again')]);
    await application.transaction(async (manager) => {
      await opened.store.addJobs([newJob('again', { name: 'new' })], { manager });
    });
    expect(await opened.store.listJobs({}, { after: null, limit: 9 })).toMatchObject([
      { id: 'again', name: 'new' },
    ]);
  });

  it('keeps several operations of one transaction apart', async () => {
    await opened.store.addJobs([newJob('taken', { state: 'paused' })]);
    await application.transaction(async (manager) => {
      const results = await Promise.allSettled(
        ['one', 'taken', 'two', 'taken', 'three'].map((id) =>
          opened.store.addJobs([newJob(id)], { manager }),
        ),
      );
      expect(results.map((result) => result.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
    });
    expect(await opened.ids()).toEqual(['one', 'taken', 'three', 'two'].sort());
  });

  it('takes a QueryRunner, too, and leaves its settings alone', async () => {
    const runner = application.createQueryRunner();
    await runner.startTransaction('REPEATABLE READ');
    const settings = `select name, setting from pg_settings where source = 'session' order by 1`;
    const before: unknown = await runner.query(settings);
    await opened.store.addJobs([newJob('job')], { manager: runner });
    expect(await runner.query(settings)).toEqual(before);
    await runner.commitTransaction();
    await runner.release();
    expect(await opened.ids()).toEqual(['job']);
  });

  it('refuses a transaction in another database', async () => {
    const other = await new DataSource({ type: 'postgres', url: elsewhere.url }).initialize();
    await other.transaction(async (manager) => {
      const adding = opened.store.addJobs([newJob('lost')], { manager });
      await expect(adding).rejects.toThrow(InvalidJobError);
      await expect(adding).rejects.toThrow(/another database/);
    });
    await other.destroy();
    expect(await opened.ids()).toEqual([]);
  });

  it('refuses what is no open transaction', async () => {
    const runner = application.createQueryRunner();
    for (const manager of [application.manager, runner, application, {}, 'manager', 0, null]) {
      const adding = opened.store.addJobs([newJob('lost')], { manager });
      await expect(adding).rejects.toThrow(InvalidJobError);
      await expect(adding).rejects.toThrow(/^Invalid job: manager = /);
    }
    await runner.release();
    expect(await opened.ids()).toEqual([]);
  });
});
