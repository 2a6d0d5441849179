import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { PoolClient } from 'pg';
import { Session } from '../../../lib/stores/typeorm/connection/session.js';
import { SqlNames } from '../../../lib/stores/typeorm/connection/sql-names.js';
import { advanceJobs } from '../../../lib/stores/typeorm/statements/advance-jobs.js';
import { claimRuns } from '../../../lib/stores/typeorm/statements/claim-runs.js';
import { finishRuns } from '../../../lib/stores/typeorm/statements/finish-runs.js';
import { lockDueJobs } from '../../../lib/stores/typeorm/statements/lock-due-jobs.js';
import { lockReadyRuns } from '../../../lib/stores/typeorm/statements/lock-ready-runs.js';
import { promoteRuns } from '../../../lib/stores/typeorm/statements/promote-runs.js';
import { readDueJobs } from '../../../lib/stores/typeorm/statements/read-due-jobs.js';
import { startRuns } from '../../../lib/stores/typeorm/statements/start-runs.js';
import { surveyWork } from '../../../lib/stores/typeorm/statements/survey-work.js';
import { newJob } from '../../contract/new-job.js';
import { decision } from '../../contract/plans.js';
import type { StoreNode } from '../../contract/store-node.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import type { Access, PlanMode } from './explained.js';
import { ExplainingClient } from './explained.js';
import { OpenedStore } from './open-store.js';

const FOREIGN = 200_000;
const OWN = 50;
const COPIED = `name, handler, executor, priority, args, trigger, coalesce, overlap, max_instances,
  max_catch_up, recovery, tags, metadata, state, version, origin, created_at, updated_at`;
const INSTANT = 1_700_000_000_000;

describe('Hot statements, among 200,000 overdue jobs and as many free runs of others', () => {
  let database: TestDatabase;
  let opened: OpenedStore;
  let node: StoreNode;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createDatabase();
    opened = await OpenedStore.open({ type: 'postgres', url: database.url });
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await opened.store.addJobs([newJob('foreign', { handler: 'foreign', nextFireAt: INSTANT })]);
    await client.query(
      `with lane as (select id from scheduler.lane where handler = 'foreign'), copied as (
        insert into scheduler.job (id, ${COPIED})
        select 'foreign ' || n, ${COPIED} from scheduler.job, generate_series(1, ${FOREIGN}) n
        returning uid), due as (
        insert into scheduler.due (job_uid, lane_id, version, next_fire_at, fire_count)
        select uid, lane.id, 1, to_timestamp(uid), 0 from copied, lane)
      insert into scheduler.run (job_uid, scheduled_at, seq, lane_id, state, start_at)
      select uid, to_timestamp(uid), 0, lane.id, 'queued', to_timestamp(uid) from copied, lane`,
    );
    await client.query('analyze');
    await opened.store.addJobs(
      Array.from({ length: OWN }, (_, index) => newJob(`own ${index}`, { nextFireAt: INSTANT })),
    );
    node = await opened.join();
  }, 120_000);

  afterAll(async () => {
    await client.end();
    await opened.close();
    await database.drop();
  });

  describe.each<PlanMode>(['force_custom_plan', 'force_generic_plan'])('with %s', (mode) => {
    /** What the statements of `work` read of the tables that grow. Nothing that they write stays. */
    const accessesOf = async (work: (session: Session) => Promise<unknown>): Promise<Access[]> => {
      const explaining = new ExplainingClient(client, mode);
      const session = new Session(explaining as never as PoolClient, new SqlNames('scheduler'), {
        own: false,
        named: false,
      });
      await client.query('begin');
      await work(session).catch((error: unknown) => {
        expect(error).toMatchObject({ message: expect.stringContaining('gave no row') });
      });
      await client.query('rollback');
      const grown = explaining.accesses.filter(({ table }) =>
        ['job', 'due', 'run'].includes(table),
      );
      expect(grown).not.toEqual([]);
      return grown;
    };

    const expectNarrow = (accesses: readonly Access[]): void => {
      for (const access of accesses) {
        expect(access).not.toMatchObject({ how: 'Seq Scan' });
        expect(access.rows).toBeLessThanOrEqual(2 * OWN);
      }
    };

    const fence = { jobUid: '5', scheduledAt: INSTANT, seq: 0, claim: 1 };

    it('read no more than the head of each lane to see what there is to do', async () => {
      expectNarrow(await accessesOf((session) => surveyWork(session, node.request())));
    });

    it('lock only own jobs, by the index of due times', async () => {
      const accesses = await accessesOf((session) =>
        lockDueJobs(session, node.request({ limit: 10 }), 0, 10),
      );
      expectNarrow(accesses);
      expect(accesses.map((access) => access.index)).toEqual(['due_next', 'due_next']);
      expect(Math.max(...accesses.map((access) => access.rows))).toBe(10);
    });

    it('lock only own runs, by the index of free runs', async () => {
      const accesses = await accessesOf((session) => lockReadyRuns(session, node.request(), 0, 10));
      expectNarrow(accesses);
      expect(new Set(accesses.map((access) => access.index))).toEqual(new Set(['run_ready']));
    });

    it('read, move on, claim, start, finish and promote by key', async () => {
      const job = { uid: '5', nextFireAt: INSTANT, fireCount: 0 };
      const statements: ((session: Session) => Promise<unknown>)[] = [
        (session) => readDueJobs(session, ['5', '6']),
        (session) => advanceJobs(session, [decision(job as never)]),
        (session) => claimRuns(session, node.id, [fence]),
        (session) => startRuns(session, node.id, [fence]),
        (session) => promoteRuns(session, ['5', '6']),
        (session) =>
          finishRuns(session, node.id, [
            {
              ...fence,
              state: 'succeeded',
              startedAt: 1,
              finishedAt: 2,
              result: null,
              error: null,
              reason: null,
            },
          ]),
      ];
      for (const run of statements) {
        expectNarrow(await accessesOf(run));
      }
    });
  });
});
