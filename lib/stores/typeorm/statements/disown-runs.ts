import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { laneOf } from '../rows/run-row.js';

const DISOWN_RUNS = statement(
  'disown-runs',
  (sql) => `
  update ${sql.run} r
  set state = 'queued', node_id = null, claim = null, claimed_at = null, started_at = null,
    attempt = r.attempt - (r.state = 'running')::integer,
    lane_id = ${laneOf(sql, 'r')}
  where r.node_id = $1::uuid and r.${LIVE} and r.claim <> all ($2::bigint[])
  returning ${ms('r.start_at')} as "startAt"`,
);

/**
 * Undoes the node's claims except those that it knows of. Gives the earliest start of the runs that are free now.
 */
export async function disownRuns(
  session: Session,
  nodeId: string,
  knownClaims: readonly number[],
): Promise<number | null> {
  const rows = await session.rows<{ startAt: number }>(DISOWN_RUNS, [nodeId, knownClaims]);
  return rows.length === 0 ? null : Math.min(...rows.map((row) => row.startAt));
}
