import type { SqlNames } from '../connection/sql-names.js';
import { ms } from '../connection/sql-names.js';

/** A `RunRecord`, from a run as `r` and its job as `j`. */
export const RUN_COLUMNS = `
  r.job_uid as "jobUid", ${ms('r.scheduled_at')} as "scheduledAt", r.seq, j.id as "jobId", r.state,
  ${ms('r.until')} as until, r.count::float8 as count, ${ms('r.start_at')} as "startAt",
  ${ms('r.started_at')} as "startedAt", ${ms('r.finished_at')} as "finishedAt", r.attempt,
  r.recoveries, r.reason, r.result, r.error, r.progress, r.node_id as "nodeId"`;

/** The lane that a run belongs in when it is free again: its job may have moved while it ran. */
export function laneOf({ due }: SqlNames, run: string): string {
  return `coalesce((select d.lane_id from ${due} d where d.job_uid = ${run}.job_uid), ${run}.lane_id)`;
}
