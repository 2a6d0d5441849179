import type { RunProgressReport } from '../../../core/job-store.js';
import { jsons } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at, fewAtATime } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { fenceArrays } from '../rows/run-keys.js';

/* A run that is being completed, or its outcome recorded, is not waited for: what it says of its progress is history. */
const NOTE_PROGRESS = statement(
  'note-progress',
  (sql) => `
  with given as materialized (
    select job_uid, ${at('scheduled_at')} as scheduled_at, seq, claim, progress::jsonb as progress,
      place::integer - 1 as place
    from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[], $6::text[]) with ordinality
      as v (job_uid, scheduled_at, seq, claim, progress, place)
    ${fewAtATime('$7')}
  ), free as materialized (
    select r.job_uid, r.scheduled_at, r.seq, g.progress, g.place from given g
    join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
    where r.node_id = $1::uuid and r.claim = g.claim and r.state = 'running'
    for update of r skip locked
  )
  update ${sql.run} r set progress = f.progress
  from free f
  where r.job_uid = f.job_uid and r.scheduled_at = f.scheduled_at and r.seq = f.seq
  returning f.place`,
);

/** Writes how far runs have come, where the fence holds. Gives the places of those that it wrote. */
export async function noteProgress(
  session: Session,
  nodeId: string,
  reports: readonly RunProgressReport[],
): Promise<Set<number>> {
  const rows = await session.rows<{ place: number }>(NOTE_PROGRESS, [
    nodeId,
    ...fenceArrays(reports),
    jsons(reports.map((report) => report.progress)),
    reports.length,
  ]);
  return new Set(rows.map((row) => row.place));
}
