import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const PARK_JOB = statement(
  'park-job',
  (sql) => `
  with parked as (
    update ${sql.due} set next_fire_at = null, version = version + 1 where job_uid = $1::bigint
  )
  update ${sql.job} set state = 'parked', error = $2, version = version + 1, updated_at = ${sql.now}
  where uid = $1::bigint`,
);

/** Sets a locked job aside: it stays, visible with what is wrong with it, and fires no more. */
export async function parkJob(session: Session, uid: string, error: string): Promise<void> {
  await session.rows(PARK_JOB, [uid, error]);
}
