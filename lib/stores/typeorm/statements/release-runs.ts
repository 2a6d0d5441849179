import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { LIVE, at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { laneOf } from '../rows/run-row.js';
import { fenceArrays } from '../rows/run-keys.js';

const RELEASE_RUNS = statement(
  'release-runs',
  (sql) => `
  update ${sql.run} r
  set state = 'queued', node_id = null, claim = null, claimed_at = null, started_at = null,
    attempt = r.attempt - (r.state = 'running')::integer,
    lane_id = ${laneOf(sql, 'r')}
  from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[])
    as v (job_uid, scheduled_at, seq, claim)
  where r.job_uid = v.job_uid and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = v.seq
    and r.node_id = $1::uuid and r.claim = v.claim and r.${LIVE}
  returning ${ms('r.start_at')} as "startAt"`,
);

/**
 * Undoes claims of runs whose handler was not called, as if they had never been taken. Gives the earliest start of
 * those that are free now.
 */
export async function releaseRuns(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<number | null> {
  const rows = await session.rows<{ startAt: number }>(RELEASE_RUNS, [
    nodeId,
    ...fenceArrays(fences),
  ]);
  return rows.length === 0 ? null : Math.min(...rows.map((row) => row.startAt));
}
