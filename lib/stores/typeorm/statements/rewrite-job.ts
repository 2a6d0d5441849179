import type { NewJob } from '../../../core/job.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE, at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { storedNextFireAt, storedState } from '../rows/job-row.js';

/*
 * A run that waits to be taken goes by the lane of its job: it must be found by whoever can execute it now. Running
 * ones are left alone, or their outcomes would have to wait for this transaction.
 */
const REWRITE_JOB = statement(
  'rewrite-job',
  (sql) => `
  with moved as (
    update ${sql.due}
    set next_fire_at = ${at('$18::float8')}, last_fire_at = ${at('$19::float8')}, fire_count = $20::bigint,
      lane_id = $21::integer, version = version + 1, open_skip_at = null
    where job_uid = $1::bigint
  ), rerouted as (
    update ${sql.run} set lane_id = $21::integer
    where job_uid = $1::bigint and ${LIVE} and state = 'queued' and lane_id <> $21::integer
  )
  update ${sql.job}
  set name = $2, handler = $3, executor = $4, priority = $5::smallint, args = $6::jsonb,
    trigger = $7::jsonb, coalesce = $8, overlap = $9, max_instances = $10::integer,
    misfire_grace_time = $11::bigint, max_catch_up = $12::integer, recovery = $13, tags = $14::text[],
    metadata = $15::jsonb, state = $16, origin = $17, fingerprint = $22, error = $23,
    version = version + 1, updated_at = ${sql.now}
  where uid = $1::bigint
  returning version, ${ms('updated_at')} as "updatedAt"`,
);

export interface RewrittenJob {
  readonly version: number;
  readonly updatedAt: number;
}

/** Writes all of a locked job anew. */
export function rewriteJob(
  session: Session,
  uid: string,
  job: NewJob,
  laneId: number,
): Promise<RewrittenJob> {
  return session.row<{ version: number; updatedAt: number }>(REWRITE_JOB, [
    uid,
    job.name,
    job.handler,
    job.executor,
    job.priority,
    JSON.stringify(job.args),
    JSON.stringify(job.trigger),
    job.coalesce,
    job.overlap,
    job.maxInstances,
    job.misfireGraceTime,
    job.maxCatchUp,
    job.recovery,
    texts(job.tags),
    JSON.stringify(job.metadata),
    storedState(job.state),
    job.origin,
    storedNextFireAt(job),
    job.lastFireAt,
    job.fireCount,
    laneId,
    job.fingerprint,
    job.error,
  ]);
}
