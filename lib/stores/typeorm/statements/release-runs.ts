import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { LIVE, READY, at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { laneOf } from '../rows/run-row.js';
import { fenceArrays } from '../rows/run-keys.js';

const RELEASE_RUNS = statement(
  'release-runs',
  (sql) => `
  with given as materialized (
    select r.job_uid, r.scheduled_at, r.seq, j.removed_at is not null as is_removed, j.max_instances,
      r.attempt - (r.state = 'running')::integer as attempt,
      r.seq = 0 and r.attempt - (r.state = 'running')::integer = 0 and j.state in ('paused', 'parked')
        as is_halted
    from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[])
      as v (job_uid, scheduled_at, seq, claim)
    join ${sql.run} r
      on r.job_uid = v.job_uid and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = v.seq
    join ${sql.job} j on j.uid = r.job_uid
    where r.node_id = $1::uuid and r.claim = v.claim and r.${LIVE}
  )
  update ${sql.run} r
  set state = case when g.is_removed then 'cancelled' else 'queued' end::${sql.runState},
    reason = case when g.is_removed then 'job-removed' else r.reason end,
    finished_at = case when g.is_removed then ${sql.now} end,
    behind = case when g.is_halted and not g.is_removed then g.max_instances else r.behind end,
    node_id = null, claim = null, claimed_at = null, started_at = null, attempt = g.attempt,
    lane_id = ${laneOf(sql, 'r')}
  from given g
  where r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
  returning case when ${READY} then ${ms('start_at')} end as "startAt"`,
);

/**
 * Undoes claims of runs whose handler was not called, as if they had never been taken: those of a removed job are called
 * off, those of a paused one wait. The jobs are locked. Gives the earliest start of those that are free now.
 */
export async function releaseRuns(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<number | null> {
  const rows = await session.rows<{ startAt: number | null }>(RELEASE_RUNS, [
    nodeId,
    ...fenceArrays(fences),
  ]);
  const starts = rows.flatMap((row) => row.startAt ?? []);
  return starts.length === 0 ? null : Math.min(...starts);
}
