import type { RunKey } from '../../../core/run.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const FIND_HELD_RUNS = statement(
  'find-held-runs',
  (sql) => `
  select job_uid as "jobUid", ${ms('scheduled_at')} as "scheduledAt", seq from ${sql.run}
  where ${LIVE} and node_id = any ($1::uuid[])`,
);

/** Finds what nodes hold. It reads all live runs: there is no index by node, since only the dead are asked about. */
export function findHeldRuns(session: Session, nodeIds: readonly string[]): Promise<RunKey[]> {
  return session.rows(FIND_HELD_RUNS, [texts(nodeIds)]);
}
