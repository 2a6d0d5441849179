import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const LOCK_FREE_JOBS = statement(
  'lock-free-jobs',
  (sql) => `
  with locked as materialized (
    select job_uid from ${sql.due} where job_uid = any ($1::bigint[]) order by job_uid
    for update skip locked
  )
  select u.uid from unnest($1::bigint[]) u (uid)
  where u.uid in (select job_uid from locked)
    or not exists (select from ${sql.due} d where d.job_uid = u.uid)`,
);

/**
 * Locks jobs, without waiting for those that others have locked: an application may take its time over an edit in a
 * transaction of its own. Gives the uids of those that are locked now, and of removed ones, which need no lock.
 */
export async function lockFreeJobs(
  session: Session,
  uids: readonly string[],
): Promise<Set<string>> {
  const rows = await session.rows<{ uid: string }>(LOCK_FREE_JOBS, [numbers(uids)]);
  return new Set(rows.map((row) => row.uid));
}
