import type { Session } from '../connection/session.js';
import { LIVE } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/* Without its claim, whoever held a run can neither start nor finish it. */
const CANCEL_QUEUED_RUNS = statement(
  'cancel-queued-runs',
  (sql) => `
  update ${sql.run}
  set state = 'cancelled', reason = $2, finished_at = ${sql.now}, node_id = null, claim = null,
    claimed_at = null, behind = null
  where job_uid = $1::bigint and ${LIVE} and state = 'queued'`,
);

/** Cancels the runs of a locked job that are not running. */
export async function cancelQueuedRuns(
  session: Session,
  uid: string,
  reason: string,
): Promise<void> {
  await session.rows(CANCEL_QUEUED_RUNS, [uid, reason]);
}
