import type { PlannedRun } from '../../../core/fire.js';
import { numbers, texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** A run that is to be recorded. */
export interface NewRun extends PlannedRun {
  readonly jobUid: string;
  readonly laneId: number;
  readonly seq: number;
  /** `null`: nobody holds it. */
  readonly claim: number | null;
  /** Others wait behind it. */
  readonly awaited: boolean;
}

const RECORD_RUNS = statement(
  'record-runs',
  (sql) => `
  with recorded as (
  insert into ${sql.run} (job_uid, scheduled_at, seq, lane_id, state, awaited, node_id, claim, attempt,
    behind, count, start_at, claimed_at, started_at, finished_at, until, reason)
  select job_uid, ${at('scheduled_at')}, seq, lane_id, state::${sql.runState}, awaited,
    case when claim is not null then $1::uuid end, claim, (state = 'running')::integer, behind, count,
    case when state in ('queued', 'running') then ${at('start_at')} end,
    case when claim is not null then ${sql.now} end,
    case when state = 'running' then ${sql.now} end,
    case when state not in ('queued', 'running') then ${sql.now} end,
    ${at('until')}, reason
  from unnest($2::bigint[], $3::float8[], $4::integer[], $5::integer[], $6::text[], $7::boolean[],
    $8::bigint[], $9::integer[], $10::bigint[], $11::float8[], $12::float8[], $13::text[])
    as v (job_uid, scheduled_at, seq, lane_id, state, awaited, claim, behind, count, start_at, until, reason)
  on conflict (job_uid, scheduled_at, seq) do nothing
  returning 1)
  select count(*)::integer as count from recorded`,
);

/** Records runs, those left out whose instants are on record already. Gives how many it recorded. */
export async function recordRuns(
  session: Session,
  nodeId: string | null,
  runs: readonly NewRun[],
): Promise<number> {
  const { count } = await session.row<{ count: number }>(RECORD_RUNS, [
    nodeId,
    numbers(runs.map((run) => run.jobUid)),
    numbers(runs.map((run) => run.scheduledAt)),
    numbers(runs.map((run) => run.seq)),
    numbers(runs.map((run) => run.laneId)),
    texts(runs.map((run) => run.state)),
    numbers(runs.map((run) => (run.awaited ? 't' : 'f'))),
    numbers(runs.map((run) => run.claim)),
    numbers(runs.map((run) => run.behind)),
    numbers(runs.map((run) => run.count)),
    numbers(runs.map((run) => run.startAt)),
    numbers(runs.map((run) => run.until)),
    texts(runs.map((run) => run.reason)),
  ]);
  return count;
}
