import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const LOCK_JOB = statement(
  'lock-job',
  (sql) => `
  select d.job_uid as uid, d.lane_id as "laneId"
  from ${sql.job} j join ${sql.due} d on d.job_uid = j.uid
  where j.id = $1 and j.removed_at is null
  for update of d`,
);

export interface LockedJob {
  readonly uid: string;
  readonly laneId: number;
}

/** Locks the job of this id by its narrow row. `undefined` too when it was replaced while it was waited for. */
export async function lockJob(session: Session, id: string): Promise<LockedJob | undefined> {
  const rows = await session.rows<{ uid: string; laneId: number }>(LOCK_JOB, [id]);
  return rows[0];
}
