import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { at, SystemClock } from '../../../lib/index.js';
import { newJob } from '../../contract/new-job.js';
import { RealScheduler } from '../../support/cluster/real-scheduler.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { createDatabase, type TestDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

const FOREIGN = 1_000_000;
const ROUNDS = 4;
const JOBS = 25;

/** Jobs of a round are due at random instants of such a stretch, which begins so long after they were added. */
const AHEAD_MS = 700;
const STRETCH_MS = 1500;

/** Least that two medians may differ by: a machine in use is late by this much for reasons of its own. */
const NOISE_MS = 3;

const COPIED = `name, handler, executor, priority, args, trigger, coalesce, overlap, max_instances,
  max_catch_up, recovery, tags, metadata, state, version, origin, created_at, updated_at`;

describe('A scheduler among 1,000,000 overdue jobs of a handler that it lacks', () => {
  const databases: TestDatabase[] = [];
  const schedulers: RealScheduler[] = [];
  const crowdedUrl = (): string => databases[1]?.url ?? '';

  beforeAll(async () => {
    databases.push(await createDatabase(), await createDatabase());
    for (const { url } of databases) {
      const opened = await OpenedStore.open({ type: 'postgres', url });
      const foreign = newJob('foreign', { handler: 'foreign', nextFireAt: 1_700_000_000_000 });
      await opened.store.addJobs([foreign]);
      await opened.close();
    }
    await rowsOf(
      crowdedUrl(),
      `with lane as (select id from scheduler.lane where handler = 'foreign'), copied as (
         insert into scheduler.job (id, ${COPIED})
         select 'foreign ' || n, ${COPIED} from scheduler.job, generate_series(2, ${FOREIGN}) n
         returning uid)
       insert into scheduler.due (job_uid, lane_id, version, next_fire_at, fire_count)
       select uid, lane.id, 1, to_timestamp(1700000000 + uid), 0 from copied, lane`,
    );
    await rowsOf(crowdedUrl(), 'analyze');
  }, 180_000);

  afterEach(async () => {
    await Promise.all(schedulers.splice(0).map((real) => real.stop()));
  });

  afterAll(async () => {
    await Promise.all(databases.map((database) => database.drop()));
  });

  /** Adds jobs that are due at random instants, and gives how late each began. */
  async function latenesses({ test }: RealScheduler, round: number): Promise<number[]> {
    const clock = new SystemClock();
    const before = test.ofType('job.started').length;
    const begin = clock.now() + AHEAD_MS;
    await test.scheduler.operations.addJobs(
      Array.from({ length: JOBS }, (_, index) => ({
        id: `own ${round} ${index}`,
        handler: 'own',
        trigger: at(new Date(begin + Math.floor(clock.random() * STRETCH_MS))),
      })),
    );
    const started = () => test.ofType('job.started').slice(before);
    await until('all have begun', () => started().length === JOBS);
    return started().map(({ latenessMs }) => latenessMs);
  }

  /** How many rows and entries of indexes have ever been read of the tables that hold jobs. */
  async function readsOfJobs(): Promise<number> {
    const [row] = await rowsOf<{ reads: number }>(
      crowdedUrl(),
      `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 + (select sum(idx_tup_read)
           from pg_stat_user_indexes where schemaname = 'scheduler' and relname in ('job', 'due'))::float8 as reads
       from pg_stat_user_tables where schemaname = 'scheduler' and relname in ('job', 'due')`,
    );
    return row?.reads ?? NaN;
  }

  it('is as punctual as without them, and does not walk past them', async () => {
    const before = await readsOfJobs();
    for (const { url } of databases) {
      schedulers.push(await RealScheduler.start('postgres', { url, handlers: { own: () => {} } }));
    }
    const late: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Turn by turn, so that what else goes on meets both.
      for (const [index, real] of schedulers.entries()) {
        late[index]?.push(...(await latenesses(real, round)));
      }
    }
    await Promise.all(schedulers.splice(0).map((real) => real.stop()));

    const [alone, crowded] = late.map((all) => all.toSorted((a, b) => a - b));
    const middle = (all: readonly number[] | undefined): number =>
      all?.[(ROUNDS * JOBS) / 2] ?? NaN;
    expect(middle(crowded)).toBeLessThanOrEqual(2 * middle(alone) + NOISE_MS);

    // Connections that end leave complete counters behind.
    const reads = (await readsOfJobs()) - before;
    expect(reads).toBeGreaterThan(ROUNDS * JOBS);
    expect(reads).toBeLessThan(FOREIGN / 100);
  }, 60_000);
});
