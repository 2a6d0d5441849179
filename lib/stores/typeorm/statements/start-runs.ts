import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { LIVE, at, fewAtATime } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { fenceArrays } from '../rows/run-keys.js';

/** `place` is the index in the fences, from 0. */
interface StartedRow {
  readonly now: number;
  readonly alive: boolean;
  readonly place: number | null;
  readonly locked: boolean;
}

/*
 * A run that runs by this claim already counts as started: then the reply to the same request was lost.
 *
 * A run that somebody has locked is part of an edit that has not been committed, maybe in a transaction of the
 * application: the others are not to wait for it.
 */
const START_RUNS = statement(
  'start-runs',
  (sql) => `
  with me as materialized (
    select id from ${sql.node} where id = $1::uuid and state = 'alive' for key share
  ), given as materialized (
    select job_uid, ${at('scheduled_at')} as scheduled_at, seq, claim, place::integer - 1 as place
    from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[]) with ordinality
      as v (job_uid, scheduled_at, seq, claim, place)
    ${fewAtATime('$6')}
  ), free as materialized (
    select r.job_uid, r.scheduled_at, r.seq, g.place from given g
    join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
    where r.node_id = $1::uuid and r.claim = g.claim and r.state = 'queued' and exists (select from me)
    for update of r skip locked
  ), started as (
    update ${sql.run} r
    set state = 'running', started_at = ${sql.now}, attempt = r.attempt + 1
    from free f
    where r.job_uid = f.job_uid and r.scheduled_at = f.scheduled_at and r.seq = f.seq
  ), known as (
    select place, false as locked from free
    union all
    select g.place, r.state = 'queued' from given g
    join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
    where r.node_id = $1::uuid and r.claim = g.claim and r.${LIVE}
      and g.place not in (select place from free)
  )
  select ${sql.clock} as now, exists (select from me) as alive, k.place, k.locked
  from (select) always left join known k on true`,
);

export interface StartedRuns {
  readonly now: number;
  readonly alive: boolean;
  readonly places: readonly number[];
  /** Places of those that may be free to start, or gone, once an edit is committed or undone. */
  readonly locked: readonly number[];
}

/** Turns runs `running` that were claimed ahead, where the fence holds and the node is alive. */
export async function startRuns(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<StartedRuns> {
  const rows = await session.rows<StartedRow>(START_RUNS, [
    nodeId,
    ...fenceArrays(fences),
    fences.length,
  ]);
  const { now = 0, alive = false } = rows[0] ?? {};
  const placesOf = (locked: boolean): number[] =>
    rows.flatMap((row) => (row.place !== null && row.locked === locked ? row.place : []));
  return { now, alive, places: placesOf(false), locked: placesOf(true) };
}
