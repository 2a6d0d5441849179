import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const PROMOTE_RUNS = statement(
  'promote-runs',
  (sql) => `
  with live as materialized (
    select job_uid, scheduled_at, seq, behind from ${sql.run}
    where job_uid = any ($1::bigint[]) and ${LIVE}
  ), load as (
    select job_uid, count(*) as runs from live where behind is null group by job_uid
  ), turn as (
    select w.job_uid, w.scheduled_at, w.seq,
      bool_and(coalesce(l.runs, 0) + w.place <= w.behind)
        over (partition by w.job_uid order by w.place) as has_come
    from (
      select l.*, row_number() over (partition by l.job_uid order by l.scheduled_at, l.seq) as place
      from live l
      join ${sql.job} j on j.uid = l.job_uid
      where l.behind is not null and (l.seq > 0 or j.state not in ('paused', 'parked'))) w
    left join load l using (job_uid)
  )
  update ${sql.run} r
  set behind = null, awaited = true, start_at = greatest(r.start_at, ${sql.now})
  from turn t
  where t.has_come and r.job_uid = t.job_uid and r.scheduled_at = t.scheduled_at and r.seq = t.seq
  returning ${ms('r.start_at')} as "startAt"`,
);

/**
 * Frees runs that wait, in order of their instants, as far as there is room behind the live runs of their jobs. Planned
 * ones of jobs that are paused or parked wait on. The jobs are locked. Gives the earliest start of those that were freed.
 */
export async function promoteRuns(
  session: Session,
  uids: readonly string[],
): Promise<number | null> {
  const rows = await session.rows<{ startAt: number }>(PROMOTE_RUNS, [numbers(uids)]);
  return rows.length === 0 ? null : Math.min(...rows.map((row) => row.startAt));
}
