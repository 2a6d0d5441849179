import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const LOCK_FINISHED_JOBS = statement(
  'lock-finished-jobs',
  (sql) => `
  select d.job_uid as uid
  from ${sql.job} j join ${sql.due} d on d.job_uid = j.uid
  where j.id = any ($1::text[]) and j.removed_at is null and j.state = 'active' and j.origin = 'api'
    and d.next_fire_at is null
  order by d.job_uid
  for update of d`,
);

/** Locks jobs of these ids that have no instant left and were not declared in code. */
export async function lockFinishedJobs(
  session: Session,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await session.rows<{ uid: string }>(LOCK_FINISHED_JOBS, [texts(ids)]);
  return rows.map((row) => row.uid);
}
