import type { ReapedRun } from '../../../core/job-store.js';
import type { RunKey } from '../../../core/run.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE, at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { keyArrays } from '../rows/run-keys.js';
import { laneOf } from '../rows/run-row.js';

/*
 * Claims go in any case: whatever the dead node may still say of a run counts no more. A run that somebody has locked is
 * being completed in a transaction of the application: it is left until that has ended.
 */
const HAND_ON_RUNS = statement(
  'hand-on-runs',
  (sql) => `
  with held as materialized (
    select r.job_uid, r.scheduled_at, r.seq, r.state, r.attempt, r.recoveries, r.node_id, j.id as job_id,
      case
        when r.state = 'queued' then null
        when j.removed_at is not null then 'job-removed'
        when j.recovery = 'fail' then 'node-lost'
        when r.recoveries >= $5::integer then 'poisoned'
      end as why
    from unnest($1::bigint[], $2::float8[], $3::integer[]) as v (job_uid, scheduled_at, seq)
    join ${sql.run} r
      on r.job_uid = v.job_uid and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = v.seq
    join ${sql.job} j on j.uid = r.job_uid
    where r.${LIVE} and r.node_id = any ($4::uuid[])
    order by r.job_uid, r.scheduled_at, r.seq
    for update of r skip locked
  ), handed_on as (
    update ${sql.run} r
    set state = case when h.why is null then 'queued' else 'failed' end::${sql.runState},
      recoveries = r.recoveries + (h.state = 'running')::integer,
      node_id = case when h.why is not null then r.node_id end,
      claim = null, claimed_at = null, lane_id = ${laneOf(sql, 'r')},
      started_at = case when h.why is not null then r.started_at end,
      start_at = case when h.why is null and h.state = 'running' then greatest(r.start_at, ${sql.now})
        else r.start_at end,
      finished_at = case when h.why is not null then ${sql.now} end,
      progress = case when h.why is not null then r.progress end,
      reason = h.why,
      error = case h.why
        when 'job-removed' then jsonb_build_object('name', 'NodeLostError', 'code', 'JOB_REMOVED', 'message',
          format('Node %s died while it executed the run, and the job has been removed.', h.node_id))
        when 'node-lost' then jsonb_build_object('name', 'NodeLostError', 'code', 'NODE_LOST', 'message',
          format('Node %s died while it executed the run, and the recovery of the job is "fail".', h.node_id))
        when 'poisoned' then jsonb_build_object('name', 'NodeLostError', 'code', 'POISONED', 'message',
          format('%s nodes died while they executed the run, the last one %s. It is not tried again.',
            h.recoveries + 1, h.node_id))
      end
    from held h
    where r.job_uid = h.job_uid and r.scheduled_at = h.scheduled_at and r.seq = h.seq
  )
  select job_uid as "jobUid", ${ms('scheduled_at')} as "scheduledAt", seq, job_id as "jobId",
    node_id as "nodeId", case when state = 'running' then attempt else 0 end as attempt,
    case when why is null then 'queued' else 'failed' end as becomes, why as reason
  from held`,
);

/** Frees or fails runs of locked jobs that dead nodes still hold. */
export function handOnRuns(
  session: Session,
  keys: readonly RunKey[],
  dead: readonly string[],
  maxRecoveries: number,
): Promise<ReapedRun[]> {
  return session.rows(HAND_ON_RUNS, [...keyArrays(keys), texts(dead), maxRecoveries]);
}
