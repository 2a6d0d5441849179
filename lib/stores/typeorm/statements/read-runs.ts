import type { RunKey, RunRecord } from '../../../core/run.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { keyArrays } from '../rows/run-keys.js';
import { RUN_COLUMNS } from '../rows/run-row.js';

const READ_RUNS = statement(
  'read-runs',
  (sql) => `
  with wanted as materialized (
    select distinct job_uid, ${at('scheduled_at')} as scheduled_at, seq
    from unnest($1::bigint[], $2::float8[], $3::integer[]) as v (job_uid, scheduled_at, seq)
  )
  select ${RUN_COLUMNS} from wanted w
  join ${sql.run} r on r.job_uid = w.job_uid and r.scheduled_at = w.scheduled_at and r.seq = w.seq
  join ${sql.job} j on j.uid = r.job_uid`,
);

/** Reads runs by their keys, each once. Those that are not there are left out. */
export function readRuns(
  session: Session,
  keys: readonly RunKey[],
): Promise<(RunRecord & { seq: number })[]> {
  return session.rows(READ_RUNS, keyArrays(keys));
}
