import type { JobLoad } from '../../../core/fire.js';
import type { JobRecord } from '../../../core/job.js';
import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { JOB_COLUMNS, toJobRecord } from '../rows/job-row.js';
import type { JobRow } from '../rows/job-row.js';

const READ_LOCKED_JOB = statement(
  'read-locked-job',
  (sql) => `
  select ${JOB_COLUMNS}, ${ms(sql.now)} as now, r.live as "liveRuns", r.waiting as "waitingRuns"
  from ${sql.job} j join ${sql.due} d on d.job_uid = j.uid
  cross join lateral (
    select count(*) filter (where behind is null)::integer as live,
      count(*) filter (where behind is not null)::integer as waiting
    from ${sql.run} where job_uid = j.uid and ${LIVE}) r
  where j.uid = $1::bigint`,
);

interface LockedJobRow extends JobRow, JobLoad {
  readonly now: number;
}

export interface ReadJob {
  readonly now: number;
  readonly job: JobRecord;
  readonly load: JobLoad;
}

/** Reads a locked job and how busy it is. */
export async function readLockedJob(session: Session, uid: string): Promise<ReadJob> {
  const { now, liveRuns, waitingRuns, ...row } = await session.row<LockedJobRow & { now: number }>(
    READ_LOCKED_JOB,
    [uid],
  );
  return { now, job: toJobRecord(row), load: { liveRuns, waitingRuns } };
}
