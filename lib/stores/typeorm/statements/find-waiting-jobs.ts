import type { Session } from '../connection/session.js';
import { LIVE } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const FIND_WAITING_JOBS = statement(
  'find-waiting-jobs',
  (sql) => `
  select distinct job_uid as uid from ${sql.run} where ${LIVE} and behind is not null order by job_uid`,
);

/** Finds all jobs that have runs waiting behind others. It reads all live runs. */
export async function findWaitingJobs(session: Session): Promise<string[]> {
  const rows = await session.rows<{ uid: string }>(FIND_WAITING_JOBS);
  return rows.map((row) => row.uid);
}
