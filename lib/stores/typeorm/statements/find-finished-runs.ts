import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { LIVE, at, fewAtATime } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { fenceArrays } from '../rows/run-keys.js';

const FIND_FINISHED_RUNS = statement(
  'find-finished-runs',
  (sql) => `
  with given as materialized (
    select job_uid, ${at('scheduled_at')} as scheduled_at, seq, claim, place::integer - 1 as place
    from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[]) with ordinality
      as v (job_uid, scheduled_at, seq, claim, place)
    ${fewAtATime('$6')}
  )
  select g.place, case when r.awaited then r.job_uid end as promotes
  from given g
  join ${sql.run} r on r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
  where r.node_id = $1::uuid and r.claim = g.claim and not (r.${LIVE})`,
);

/** A run that ended by the claim that was asked about. */
export interface FinishedRun {
  readonly place: number;
  /** Set where others wait behind the run. */
  readonly promotes: string | null;
}

/** Finds those of the runs that are on record as ended by these very claims. */
export function findFinishedRuns(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<(FinishedRun & { place: number })[]> {
  return session.rows(FIND_FINISHED_RUNS, [nodeId, ...fenceArrays(fences), fences.length]);
}
