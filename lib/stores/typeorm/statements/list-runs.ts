import type { Page, RunFilter } from '../../../core/job-store.js';
import type { RunKey, RunRecord } from '../../../core/run.js';
import { texts } from '../connection/array-literal.js';
import { Conditions } from '../connection/conditions.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { RUN_COLUMNS } from '../rows/run-row.js';

const ORDER = 'r.scheduled_at desc, r.job_uid desc, r.seq desc';

/**
 * Runs, newest instant first. Those of a job id come from all jobs that ever had it.
 */
export function listRuns(
  session: Session,
  { jobId, state, from, to }: RunFilter,
  { after, limit }: Page<RunKey>,
): Promise<RunRecord[]> {
  const { job, run } = session.sql;
  const where = new Conditions()
    .add(
      jobId,
      (id) =>
        `r.job_uid in (select uid from ${job} where id = ${id} and removed_at is null
          union all select uid from ${job} where id = ${id} and removed_at is not null)`,
    )
    .add(state && texts(state), (value) => `r.state::text = any (${value}::text[])`)
    .add(from, (value) => `r.scheduled_at >= ${at(`${value}::float8`)}`)
    .add(to, (value) => `r.scheduled_at < ${at(`${value}::float8`)}`);
  const values = [...where.values];
  let follows = '';
  if (after) {
    const [instant, uid, seq] = [1, 2, 3].map((place) => `$${values.length + place}`);
    values.push(after.scheduledAt, after.jobUid, after.seq);
    follows = `and (r.scheduled_at, r.job_uid, r.seq)
      < (${at(`${instant}::float8`)}, ${uid}::bigint, ${seq}::integer)`;
  }
  values.push(limit);
  return session.query<RunRecord & { seq: number }>(
    `select ${RUN_COLUMNS} from (
      select * from ${run} r where ${where} ${follows}
      order by ${ORDER} limit $${values.length}::bigint) r
    join ${job} j on j.uid = r.job_uid
    order by ${ORDER}`,
    values,
  );
}
