import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { fenceArrays } from '../rows/run-keys.js';

/** `place` is the index in the fences, from 0. */
interface StartedRow {
  readonly now: number;
  readonly alive: boolean;
  readonly place: number | null;
}

/*
 * A run that runs by this claim already counts as started: then the reply to the same request was lost.
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
  ), started as (
    update ${sql.run} r
    set state = 'running', started_at = ${sql.now}, attempt = r.attempt + 1
    from given g
    where r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
      and r.node_id = $1::uuid and r.claim = g.claim and r.state = 'queued' and exists (select from me)
    returning g.place
  ), running as (
    select place from started
    union all
    select g.place from given g
    join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
    where r.node_id = $1::uuid and r.claim = g.claim and r.state = 'running'
  )
  select ${sql.clock} as now, exists (select from me) as alive, s.place
  from (select) always left join running s on true`,
);

export interface StartedRuns {
  readonly now: number;
  readonly alive: boolean;
  readonly places: readonly number[];
}

/** Turns runs `running` that were claimed ahead, where the fence holds and the node is alive. */
export async function startRuns(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<StartedRuns> {
  const rows = await session.rows<StartedRow>(START_RUNS, [nodeId, ...fenceArrays(fences)]);
  const { now = 0, alive = false } = rows[0] ?? {};
  return { now, alive, places: rows.flatMap((row) => row.place ?? []) };
}
