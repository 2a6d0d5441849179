import type { RunKey, RunRecord } from '../../../core/run.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { RUN_COLUMNS } from '../rows/run-row.js';

const READ_RUN = statement(
  'read-run',
  (sql) => `
  select ${RUN_COLUMNS} from ${sql.run} r join ${sql.job} j on j.uid = r.job_uid
  where r.job_uid = $1::bigint and r.scheduled_at = ${at('$2::float8')} and r.seq = $3::integer`,
);

export async function readRun(
  session: Session,
  { jobUid, scheduledAt, seq }: RunKey,
): Promise<RunRecord | null> {
  const rows = await session.rows<RunRecord & { seq: number }>(READ_RUN, [
    jobUid,
    scheduledAt,
    seq,
  ]);
  return rows[0] ?? null;
}
