import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** A planned run that has not begun. */
export interface RunNotBegun {
  readonly at: number;
  /** Its instant is yet to come. */
  readonly isAhead: boolean;
}

const LOCK_RUNS_NOT_BEGUN = statement(
  'lock-runs-not-begun',
  (sql) => `
  select ${ms('scheduled_at')} as at, scheduled_at > ${sql.now} as "isAhead" from ${sql.run}
  where job_uid = $1::bigint and ${LIVE} and state = 'queued' and seq = 0 and attempt = 0
  order by scheduled_at
  for update`,
);

/** Locks planned runs of a job that have not begun, so that none can, and gives them in order. */
export function lockRunsNotBegun(session: Session, uid: string): Promise<RunNotBegun[]> {
  return session.rows<RunNotBegun>(LOCK_RUNS_NOT_BEGUN, [uid]);
}
