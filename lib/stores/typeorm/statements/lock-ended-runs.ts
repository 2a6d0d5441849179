import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { keyArrays } from '../rows/run-keys.js';

const LOCK_ENDED_RUNS = statement(
  'lock-ended-runs',
  (sql) => `
  with given as materialized (
    select job_uid, ${at('scheduled_at')} as scheduled_at, seq, place::integer - 1 as place
    from unnest($1::bigint[], $2::float8[], $3::integer[]) with ordinality
      as v (job_uid, scheduled_at, seq, place)
  ), locked as materialized (
    select g.place from given g
    join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
    for update of r skip locked
  )
  select g.place from given g
  join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
  where g.place not in (select place from locked)`,
);

/** Locks runs, without waiting. Gives the places of those that somebody else has locked. */
export async function lockEndedRuns(
  session: Session,
  runs: readonly RunFence[],
): Promise<Set<number>> {
  const rows = await session.rows<{ place: number }>(LOCK_ENDED_RUNS, keyArrays(runs));
  return new Set(rows.map((row) => row.place));
}
