import type { RunFence } from '../../../core/job-store.js';
import type { ClaimedJob, ClaimedRun } from '../../../core/run.js';
import type { Session } from '../connection/session.js';
import { at, fewAtATime, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { fenceArrays } from '../rows/run-keys.js';

type ClaimedRow = Omit<ClaimedRun, 'job'> & ClaimedJob & { readonly now: number };

const CLAIM_RUNS = statement(
  'claim-runs',
  (sql) => `
  with claimed as (
    update ${sql.run} r
    set node_id = $1::uuid, claim = v.claim, claimed_at = ${sql.now},
      state = case when r.start_at <= ${sql.now} then 'running' else 'queued' end::${sql.runState},
      attempt = r.attempt + (r.start_at <= ${sql.now})::integer,
      started_at = case when r.start_at <= ${sql.now} then ${sql.now} end
    from (select * from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[])
        as given (job_uid, scheduled_at, seq, claim)
      ${fewAtATime('$6')}) v
    where r.job_uid = v.job_uid and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = v.seq
    returning r.*
  )
  select ${ms(sql.now)} as now, c.job_uid as "jobUid", ${ms('c.scheduled_at')} as "scheduledAt", c.seq,
    c.claim::float8 as claim, c.attempt + (c.state = 'queued')::integer as attempt, c.state,
    ${ms('c.start_at')} as "startAt", j.id, j.handler, j.executor, j.args
  from claimed c
  cross join lateral (select * from ${sql.job} where uid = c.job_uid limit 1) j`,
);

export interface ClaimedRuns {
  readonly now: number;
  readonly runs: readonly ClaimedRun[];
}

/** Gives locked runs to a node: `running` those whose start has come, `queued` the others. */
export async function claimRuns(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<ClaimedRuns> {
  const rows = await session.rows<ClaimedRow>(CLAIM_RUNS, [
    nodeId,
    ...fenceArrays(fences),
    fences.length,
  ]);
  return {
    now: rows[0]?.now ?? 0,
    runs: rows.map(({ now: _now, id, handler, executor, args, ...run }) => ({
      ...run,
      job: { id, handler, executor, args },
    })),
  };
}
