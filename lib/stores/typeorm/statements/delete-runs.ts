import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const DELETE_RUNS = statement(
  'delete-runs',
  (sql) => `
  delete from ${sql.run} r using unnest($2::float8[]) as v (scheduled_at)
  where r.job_uid = $1::bigint and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = 0`,
);

/** Deletes planned runs of a job that were locked for it. */
export async function deleteRuns(
  session: Session,
  uid: string,
  instants: readonly number[],
): Promise<void> {
  await session.rows(DELETE_RUNS, [uid, numbers(instants)]);
}
