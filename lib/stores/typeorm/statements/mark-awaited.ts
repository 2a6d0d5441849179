import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/* A run that is marked already may be part of a transaction of the application, and is not waited for. */
const MARK_AWAITED = statement(
  'mark-awaited',
  (sql) => `
  update ${sql.run} set awaited = true
  where job_uid = any ($1::bigint[]) and ${LIVE} and behind is null and not awaited`,
);

/**
 * Marks the live runs of locked jobs, so that whoever ends one looks at those that wait behind it. Outcomes that are
 * being recorded are waited for.
 */
export async function markAwaited(session: Session, uids: readonly string[]): Promise<void> {
  await session.rows(MARK_AWAITED, [numbers(uids)]);
}
