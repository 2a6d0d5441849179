import type { RunOutcome } from '../../../core/job-store.js';
import { jsons, numbers, texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at, fewAtATime, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { fenceArrays } from '../rows/run-keys.js';

/** `place` is the index in the outcomes, from 0. */
interface FinishedRow {
  readonly now: number;
  readonly place: number | null;
  /** Set where others wait behind the run. */
  readonly promotes: string | null;
}

/* Runs that hold no claim are nobody's to finish: a run that was cancelled, failed or handed on by others has lost its. */
const FINISH_RUNS = statement(
  'finish-runs',
  (sql) => `
  with given as materialized (
    select job_uid, ${at('scheduled_at')} as scheduled_at, seq, claim, state::${sql.runState} as state,
      ${at('started_at')} as started_at, ${at('finished_at')} as finished_at, result::jsonb as result,
      error::jsonb as error, reason, place::integer - 1 as place
    from unnest($2::bigint[], $3::float8[], $4::integer[], $5::bigint[], $6::text[], $7::float8[],
      $8::float8[], $9::text[], $10::text[], $11::text[]) with ordinality
      as v (job_uid, scheduled_at, seq, claim, state, started_at, finished_at, result, error, reason, place)
    ${fewAtATime('$12')}
  ), finished as (
    update ${sql.run} r
    set state = g.state, started_at = case when r.state = 'running' then g.started_at end,
      finished_at = g.finished_at, result = g.result, error = g.error, reason = g.reason
    from given g
    where r.job_uid = g.job_uid and r.scheduled_at = g.scheduled_at and r.seq = g.seq
      and r.node_id = $1::uuid and r.claim = g.claim
      and (r.state = 'running' or r.state = 'queued' and g.state = 'cancelled')
    returning g.place, case when r.awaited then r.job_uid end as promotes
  )
  select ${ms(sql.now)} as now, f.place, f.promotes
  from (select) always left join finished f on true`,
);

export interface FinishedRuns {
  readonly now: number;
  readonly places: readonly number[];
  /** Uids of jobs whose waiting runs are to be looked at. */
  readonly promotes: readonly string[];
}

/** Records outcomes of runs that have none, where the fence holds. */
export async function finishRuns(
  session: Session,
  nodeId: string,
  outcomes: readonly RunOutcome[],
): Promise<FinishedRuns> {
  const rows = await session.rows<FinishedRow>(FINISH_RUNS, [
    nodeId,
    ...fenceArrays(outcomes),
    texts(outcomes.map((outcome) => outcome.state)),
    numbers(outcomes.map((outcome) => outcome.startedAt)),
    numbers(outcomes.map((outcome) => outcome.finishedAt)),
    jsons(outcomes.map((outcome) => outcome.result)),
    jsons(outcomes.map((outcome) => outcome.error)),
    texts(outcomes.map((outcome) => outcome.reason)),
    outcomes.length,
  ]);
  return {
    now: rows[0]?.now ?? 0,
    places: rows.flatMap((row) => row.place ?? []),
    promotes: [...new Set(rows.flatMap((row) => row.promotes ?? []))],
  };
}
