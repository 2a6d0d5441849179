import type { RunKey } from '../../../core/run.js';
import type { Session } from '../connection/session.js';
import { at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { keyArrays } from '../rows/run-keys.js';

/* A row says itself which transaction inserted it. */
const FIND_OWN_RUNS = statement(
  'find-own-runs',
  (sql) => `
  select r.job_uid as uid, ${ms('r.scheduled_at')} as "scheduledAt"
  from unnest($1::bigint[], $2::float8[], $3::integer[]) as v (job_uid, scheduled_at, seq)
  join ${sql.run} r
    on r.job_uid = v.job_uid and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = v.seq
  where r.xmin::text::bigint = txid_current() % (2::bigint ^ 32)::bigint`,
);

/** Which of the runs were recorded by this very transaction, as `uid/instant`. */
export async function findOwnRuns(session: Session, keys: readonly RunKey[]): Promise<Set<string>> {
  const rows = await session.rows<{ uid: string; scheduledAt: number }>(
    FIND_OWN_RUNS,
    keyArrays(keys),
  );
  return new Set(rows.map((row) => `${row.uid}/${row.scheduledAt}`));
}
