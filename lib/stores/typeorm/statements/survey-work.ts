import type { WorkRequest } from '../../../core/fire.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { READY, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** Earliest time of each level of priority that has something to do; the level is the key. */
export type LevelHeads = Readonly<Record<string, number>>;

export interface WorkSurvey {
  readonly now: number;
  /** Whether the node may claim anything. */
  readonly alive: boolean;
  /** Next instants of jobs. */
  readonly due: LevelHeads;
  /** Next starts of runs that nobody holds. */
  readonly ready: LevelHeads;
}

const SURVEY_WORK = statement(
  'survey-work',
  (sql) => `
  with mine as materialized (
    select id, priority from ${sql.lane} where handler = any ($2::text[]) and executor = any ($3::text[])
  )
  select ${ms(sql.now)} as now,
    exists (select from ${sql.node} where id = $1::uuid and state = 'alive') as alive,
    (select coalesce(jsonb_object_agg(priority, head), '{}') from (
      select l.priority, ${ms('min(d.next_fire_at)')} as head from mine l
      cross join lateral (
        select next_fire_at from ${sql.due} where lane_id = l.id and next_fire_at is not null
        order by next_fire_at limit 1) d
      group by l.priority) h) as due,
    (select coalesce(jsonb_object_agg(priority, head), '{}') from (
      select l.priority, ${ms('min(r.start_at)')} as head from mine l
      cross join lateral (
        select start_at from ${sql.run} where lane_id = l.id and ${READY}
        order by start_at limit 1) r
      group by l.priority) h) as ready`,
);

/** Reads what there is to do for a node, and when: one look at the head of each of its lanes. */
export function surveyWork(session: Session, request: WorkRequest): Promise<WorkSurvey> {
  return session.row(SURVEY_WORK, [
    request.nodeId,
    texts(request.handlers),
    texts(request.executors),
  ]);
}
