import type { JobFilter, Page } from '../../../core/job-store.js';
import type { JobRecord } from '../../../core/job.js';
import { texts } from '../connection/array-literal.js';
import { Conditions } from '../connection/conditions.js';
import type { Session } from '../connection/session.js';
import { JOB_COLUMNS, toJobRecord } from '../rows/job-row.js';
import type { JobRow } from '../rows/job-row.js';

/** Jobs by id, in the order of the bytes of their ids. */
export async function listJobs(
  session: Session,
  { ids, state, handler, tags, origin }: JobFilter,
  { after, limit }: Page<string>,
): Promise<JobRecord[]> {
  const where = new Conditions()
    .add(after ?? undefined, (value) => `j.id > ${value}`)
    .add(ids && texts(ids), (value) => `j.id = any (${value}::text[])`)
    .add(handler, (value) => `j.handler = ${value}`)
    .add(tags && texts(tags), (value) => `j.tags @> ${value}::text[]`)
    .add(origin, (value) => `j.origin = ${value}`)
    .add(state && texts(state), (value) => `${STATE} = any (${value}::text[])`);
  const { job, due } = session.sql;
  const rows = await session.query<JobRow & { uid: string }>(
    `select ${JOB_COLUMNS} from ${job} j join ${due} d on d.job_uid = j.uid
    where j.removed_at is null and ${where}
    order by j.id limit ${where.name(limit)}::bigint`,
    where.values,
  );
  return rows.map(toJobRecord);
}

/** Tells finished jobs from active ones, which look the same in their wide rows. */
const STATE = `(case when d.next_fire_at is null and j.state = 'active' then 'finished' else j.state end)`;
