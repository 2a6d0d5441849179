import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const LOCK_JOBS = statement(
  'lock-jobs',
  (sql) => `
  select job_uid as uid from ${sql.due} where job_uid = any ($1::bigint[]) order by job_uid for update`,
);

/** Locks jobs by their narrow rows, in the order of their uids. Removed ones have none. */
export async function lockJobs(session: Session, uids: readonly string[]): Promise<string[]> {
  const rows = await session.rows<{ uid: string }>(LOCK_JOBS, [numbers(uids)]);
  return rows.map((row) => row.uid);
}
