import type { WorkRequest } from '../../../core/fire.js';
import type { RunFence } from '../../../core/job-store.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { READY, ms, span } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

type LockedRow = { readonly alive: boolean } & (RunFence | { readonly jobUid: null });

/* As in lock-due-jobs: nothing gathers rows between the locking and the limit. */
const LOCK_READY_RUNS = statement(
  'lock-ready-runs',
  (sql) => `
  with me as materialized (
    select id from ${sql.node} where id = $1::uuid and state = 'alive' for key share
  ), head as materialized (
    select l.id as lane_id, h.start_at from ${sql.lane} l
    cross join lateral (
      select start_at from ${sql.run}
      where lane_id = l.id and ${READY} and start_at <= ${sql.now} + ${span('$4')}
      order by start_at limit 1) h
    where l.handler = any ($2::text[]) and l.executor = any ($3::text[]) and l.priority = $5::smallint
  ), picked as materialized (
    select r.* from (select lane_id from head order by start_at) h
    cross join lateral (
      select job_uid, scheduled_at, seq from ${sql.run}
      where lane_id = h.lane_id and ${READY} and start_at <= ${sql.now} + ${span('$4')}
      order by start_at limit $6::bigint for update skip locked) r
    limit $6::bigint
  )
  select exists (select from me) as alive, p.job_uid as "jobUid",
    ${ms('p.scheduled_at')} as "scheduledAt", p.seq,
    case when p.job_uid is not null then nextval(${sql.claims})::float8 end as claim
  from (select) always left join picked p on true`,
);

export interface LockedRuns {
  readonly alive: boolean;
  /** The runs, each with the number that its claim is to have. */
  readonly runs: readonly RunFence[];
}

/** Locks runs of one level that nobody holds and that may begin within the lead. */
export async function lockReadyRuns(
  session: Session,
  request: WorkRequest,
  priority: number,
  limit: number,
): Promise<LockedRuns> {
  const rows = await session.rows<LockedRow>(LOCK_READY_RUNS, [
    request.nodeId,
    texts(request.handlers),
    texts(request.executors),
    request.lead,
    priority,
    limit,
  ]);
  return { alive: rows[0]?.alive ?? false, runs: rows.filter((row) => row.jobUid !== null) };
}
