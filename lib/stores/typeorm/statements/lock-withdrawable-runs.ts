import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const LOCK_WITHDRAWABLE_RUNS = statement(
  'lock-withdrawable-runs',
  (sql) => `
  select ${ms('scheduled_at')} as at from ${sql.run}
  where job_uid = $1::bigint and ${LIVE} and state = 'queued' and seq = 0 and attempt = 0
  order by scheduled_at
  for update`,
);

/** Locks planned runs of a job that have not begun, so that none can, and gives their instants in order. */
export async function lockWithdrawableRuns(session: Session, uid: string): Promise<number[]> {
  const rows = await session.rows<{ at: number }>(LOCK_WITHDRAWABLE_RUNS, [uid]);
  return rows.map((row) => row.at);
}
