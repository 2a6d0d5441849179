import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const FIND_DISOWNED_RUNS = statement(
  'find-disowned-runs',
  (sql) => `
  select job_uid as "jobUid", ${ms('scheduled_at')} as "scheduledAt", seq, claim::float8 as claim
  from ${sql.run}
  where node_id = $1::uuid and ${LIVE} and claim <> all ($2::bigint[])`,
);

/** Finds what a node holds without knowing of it. It reads all live runs, as is seldom needed. */
export function findDisownedRuns(
  session: Session,
  nodeId: string,
  knownClaims: readonly number[],
): Promise<RunFence[]> {
  return session.rows<RunFence>(FIND_DISOWNED_RUNS, [nodeId, knownClaims]);
}
