import type { DueJob, WorkRequest } from '../../../core/fire.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { ms, span } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** The narrow row of a job that is due and locked. */
export interface DueRow extends Pick<
  DueJob,
  'uid' | 'version' | 'nextFireAt' | 'lastFireAt' | 'fireCount' | 'openSkipAt'
> {
  readonly laneId: number;
}

/** Always one row, with the time and whether the node is alive, even when nothing is due. */
type LockedRow = { readonly now: number; readonly alive: boolean } & (
  DueRow | { readonly uid: null }
);

/*
 * Each lane is read by its index from the earliest row on, lanes in order of their earliest; nothing between the
 * locking and the limit gathers rows, so that no more than the limit are locked.
 */
const LOCK_DUE_JOBS = statement(
  'lock-due-jobs',
  (sql) => `
  with me as materialized (
    select id from ${sql.node} where id = $1::uuid and state = 'alive' for key share
  ), head as materialized (
    select l.id as lane_id, h.next_fire_at from ${sql.lane} l
    cross join lateral (
      select next_fire_at from ${sql.due}
      where lane_id = l.id and next_fire_at <= ${sql.now} + ${span('$4')}
      order by next_fire_at limit 1) h
    where l.handler = any ($2::text[]) and l.executor = any ($3::text[]) and l.priority = $5::smallint
  ), picked as materialized (
    select d.* from (select lane_id from head order by next_fire_at) h
    cross join lateral (
      select job_uid, lane_id, version, next_fire_at, last_fire_at, fire_count, open_skip_at
      from ${sql.due}
      where lane_id = h.lane_id and next_fire_at <= ${sql.now} + ${span('$4')}
      order by next_fire_at limit $6::bigint for update skip locked) d
    limit $6::bigint
  )
  select ${ms(sql.now)} as now, exists (select from me) as alive, p.job_uid as uid,
    p.lane_id as "laneId", p.version, ${ms('p.next_fire_at')} as "nextFireAt",
    ${ms('p.last_fire_at')} as "lastFireAt", p.fire_count::float8 as "fireCount",
    ${ms('p.open_skip_at')} as "openSkipAt"
  from (select) always left join picked p on true`,
);

export interface LockedJobs {
  readonly now: number;
  readonly alive: boolean;
  readonly rows: readonly DueRow[];
}

/** Locks jobs of one level that are due within the lead, those that others have locked left out. */
export async function lockDueJobs(
  session: Session,
  request: WorkRequest,
  priority: number,
  limit: number,
): Promise<LockedJobs> {
  const rows = await session.rows<LockedRow>(LOCK_DUE_JOBS, [
    request.nodeId,
    texts(request.handlers),
    texts(request.executors),
    request.lead,
    priority,
    limit,
  ]);
  const { now = 0, alive = false } = rows[0] ?? {};
  return { now, alive, rows: rows.filter((row) => row.uid !== null) };
}
