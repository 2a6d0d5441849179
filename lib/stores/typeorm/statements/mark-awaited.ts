import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const MARK_AWAITED = statement(
  'mark-awaited',
  (sql) => `
  update ${sql.run} set awaited = true
  where job_uid = any ($1::bigint[]) and ${LIVE} and behind is null
  returning job_uid as uid`,
);

/**
 * Marks the live runs of locked jobs, so that whoever ends one looks at those that wait behind it. Outcomes that are
 * being recorded are waited for. Gives the number of live runs of each job.
 */
export async function markAwaited(
  session: Session,
  uids: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { uid } of await session.rows<{ uid: string }>(MARK_AWAITED, [numbers(uids)])) {
    counts.set(uid, (counts.get(uid) ?? 0) + 1);
  }
  return counts;
}
