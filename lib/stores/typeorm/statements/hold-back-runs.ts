import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const HOLD_BACK_RUNS = statement(
  'hold-back-runs',
  (sql) => `
  update ${sql.run} r
  set node_id = null, claim = null, claimed_at = null, behind = coalesce(r.behind, $3::integer)
  from unnest($2::float8[]) as v (scheduled_at)
  where r.job_uid = $1::bigint and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = 0`,
);

/** Undoes the claims of planned runs that were locked for it, and lets them wait for their turn again. */
export async function holdBackRuns(
  session: Session,
  uid: string,
  instants: readonly number[],
  maxInstances: number,
): Promise<void> {
  await session.rows(HOLD_BACK_RUNS, [uid, numbers(instants), maxInstances]);
}
