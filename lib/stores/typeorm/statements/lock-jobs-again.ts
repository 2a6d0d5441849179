import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { ms, span } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import type { DueRow, LockedJobs } from './lock-due-jobs.js';

type LockedRow = { readonly now: number; readonly alive: boolean } & (
  DueRow | { readonly uid: null }
);

const LOCK_JOBS_AGAIN = statement(
  'lock-jobs-again',
  (sql) => `
  with me as materialized (
    select id from ${sql.node} where id = $1::uuid and state = 'alive' for key share
  ), picked as materialized (
    select * from ${sql.due}
    where job_uid = any ($2::bigint[]) and next_fire_at <= ${sql.now} + ${span('$3')}
    for update skip locked
  )
  select ${ms(sql.now)} as now, exists (select from me) as alive, p.job_uid as uid,
    p.lane_id as "laneId", p.version, ${ms('p.next_fire_at')} as "nextFireAt",
    ${ms('p.last_fire_at')} as "lastFireAt", p.fire_count::float8 as "fireCount",
    ${ms('p.open_skip_at')} as "openSkipAt"
  from (select) always left join picked p on true`,
);

/** Locks jobs that were locked before, in a transaction that was undone, as far as they are still due. */
export async function lockJobsAgain(
  session: Session,
  nodeId: string,
  uids: readonly string[],
  lead: number,
): Promise<LockedJobs> {
  const rows = await session.rows<LockedRow>(LOCK_JOBS_AGAIN, [nodeId, numbers(uids), lead]);
  const { now = 0, alive = false } = rows[0] ?? {};
  return { now, alive, rows: rows.filter((row) => row.uid !== null) };
}
