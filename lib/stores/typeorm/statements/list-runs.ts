import type { Page, RunFilter } from '../../../core/job-store.js';
import type { RunKey, RunRecord, RunState } from '../../../core/run.js';
import { texts } from '../connection/array-literal.js';
import { Conditions } from '../connection/conditions.js';
import type { Session } from '../connection/session.js';
import { LIVE, at } from '../connection/sql-names.js';
import { RUN_COLUMNS } from '../rows/run-row.js';

const NEWEST_FIRST = 'order by r.scheduled_at desc, r.job_uid desc, r.seq desc';

/** Runs, newest instant first. Those of a job id come from all jobs that ever had it. */
export function listRuns(
  session: Session,
  { jobId, state, from, to }: RunFilter,
  { after, limit }: Page<RunKey>,
): Promise<RunRecord[]> {
  const { job, run } = session.sql;
  const where = new Conditions();
  const id = where.name(jobId);
  const most = where.name(limit);
  where
    .add(state && texts(state), (value) => `r.state::text = any (${value}::text[])`)
    .add(from, (value) => `r.scheduled_at >= ${at(`${value}::float8`)}`)
    .add(to, (value) => `r.scheduled_at < ${at(`${value}::float8`)}`);
  if (state?.every(isLive)) {
    // Says what the planner cannot conclude: that the index of live runs has them all.
    where.require(`r.${LIVE}`);
  }
  if (after) {
    const instant = at(`${where.name(after.scheduledAt)}::float8`);
    // The first is implied by the second, but only the first bounds a range of an index by job.
    where.require(`r.scheduled_at <= ${instant}`);
    where.require(
      `(r.scheduled_at, r.job_uid, r.seq)
        < (${instant}, ${where.name(after.jobUid)}::bigint, ${where.name(after.seq)}::integer)`,
    );
  }
  // Of each job that had the id, no more is read than the page has room for.
  const source =
    jobId === undefined
      ? `${run} r where ${where}`
      : `(select uid from ${job} where id = ${id} and removed_at is null
          union all select uid from ${job} where id = ${id} and removed_at is not null) u
        cross join lateral (
          select * from ${run} r where r.job_uid = u.uid and ${where}
          order by r.scheduled_at desc, r.seq desc limit ${most}::bigint) r`;
  return session.query<RunRecord & { seq: number }>(
    `select ${RUN_COLUMNS} from (select r.* from ${source} ${NEWEST_FIRST} limit ${most}::bigint) r
    join ${job} j on j.uid = r.job_uid ${NEWEST_FIRST}`,
    where.values,
  );
}

function isLive(state: RunState): boolean {
  return state === 'queued' || state === 'running';
}
