import type { Preload } from '../harness/preload.js';

/** What else is in the database of a scheduler that has been used for long. */
export type Filling = 'none' | 'future' | 'foreign' | 'finished';

type Fill = (preload: Preload, count: number) => Promise<void>;

/** Above all numbers that the contestants give themselves. */
const FIRST_UID = 100_000_000;

/** So many jobs share the finished runs. */
const JOBS_WITH_HISTORY = 100_000;

const LATER = `now() + interval '1 hour' + n * interval '1 ms'`;
const OVERDUE = `now() - interval '1 hour' + n * interval '1 ms'`;

async function addOurs(
  preload: Preload,
  count: number,
  job: Readonly<Record<string, string>>,
  due: Readonly<Record<string, string>>,
): Promise<void> {
  const uid = `${FIRST_UID} + n`;
  const id = `'stored-' || n`;
  await preload.copies({
    table: 'scheduler.job',
    where: 'true',
    but: { uid, id, name: id, ...job },
    count,
  });
  await preload.copies({
    table: 'scheduler.due',
    where: 'next_fire_at is not null',
    but: { job_uid: uid, ...due },
    count,
  });
}

const ours: Partial<Record<Filling, Fill>> = {
  future: (preload, count) => addOurs(preload, count, {}, { next_fire_at: LATER }),
  foreign: async (preload, count) => {
    await preload.run(
      `insert into scheduler.lane (handler, executor, priority)
       select 'elsewhere', executor, priority from scheduler.lane limit 1`,
    );
    const lane = `(select id from scheduler.lane where handler = 'elsewhere')`;
    await addOurs(
      preload,
      count,
      { handler: `'elsewhere'` },
      { lane_id: lane, next_fire_at: OVERDUE },
    );
  },
  finished: (preload, count) =>
    preload.copies({
      table: 'scheduler.run',
      where: `state = 'succeeded'`,
      but: {
        job_uid: `${FIRST_UID} + n % ${JOBS_WITH_HISTORY}`,
        scheduled_at: `now() - interval '1 hour' - n * interval '10 ms'`,
      },
      count,
    }),
};

const graphileWorker: Partial<Record<Filling, Fill>> = {
  future: (preload, count) => addToGraphileWorker(preload, count, { run_at: LATER }),
  foreign: async (preload, count) => {
    await preload.run(
      `insert into graphile_worker._private_tasks (identifier) values ('elsewhere')`,
    );
    const task = `(select id from graphile_worker._private_tasks where identifier = 'elsewhere')`;
    await addToGraphileWorker(preload, count, { task_id: task, run_at: OVERDUE });
  },
  // It keeps nothing of what is finished.
};

function addToGraphileWorker(
  preload: Preload,
  count: number,
  but: Readonly<Record<string, string>>,
): Promise<void> {
  const table = 'graphile_worker._private_jobs';
  return preload.copies({ table, where: 'true', but: { id: 'default', ...but }, count });
}

const pgBoss: Partial<Record<Filling, Fill>> = {
  future: (preload, count) => addToPgBoss(preload, count, { start_after: LATER }),
  foreign: (preload, count) =>
    addToPgBoss(preload, count, { name: `'elsewhere'`, start_after: OVERDUE }),
  finished: (preload, count) =>
    addToPgBoss(preload, count, {
      state: `'completed'`,
      started_on: 'now()',
      completed_on: 'now()',
    }),
};

function addToPgBoss(
  preload: Preload,
  count: number,
  but: Readonly<Record<string, string>>,
): Promise<void> {
  return preload.copies({
    table: 'pgboss.job',
    where: 'true',
    but: { id: 'default', ...but },
    count,
  });
}

/** How each is filled, where it can be. */
export const FILLINGS: Readonly<Record<string, Partial<Record<Filling, Fill>>>> = {
  ours,
  'graphile-worker': graphileWorker,
  'pg-boss': pgBoss,
};
