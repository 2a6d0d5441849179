import { numbers, texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

/** A combination by which nodes tell what they can work on. */
export interface Lane {
  readonly handler: string;
  readonly executor: string;
  readonly priority: number;
}

export interface LaneRow extends Lane {
  readonly id: number;
}

/* Looks first: a conflict would use up an id. */
const ADD_LANES = statement(
  'add-lanes',
  (sql) => `
  with wanted as materialized (
    select * from unnest($1::text[], $2::text[], $3::smallint[]) as v (handler, executor, priority)
  ), added as (
    insert into ${sql.lane} (handler, executor, priority)
    select handler, executor, priority from wanted w
    where not exists (select from ${sql.lane} l
      where l.handler = w.handler and l.executor = w.executor and l.priority = w.priority)
    on conflict do nothing
    returning id, handler, executor, priority
  )
  select id, handler, executor, priority from added
  union all
  select l.id, l.handler, l.executor, l.priority from ${sql.lane} l
  join wanted w on w.handler = l.handler and w.executor = l.executor and w.priority = l.priority`,
);

/** Gives the rows of lanes, and makes those that are missing; one that another process makes meanwhile is left out. */
export function addLanes(session: Session, lanes: readonly Lane[]): Promise<LaneRow[]> {
  return session.rows(ADD_LANES, [
    texts(lanes.map((lane) => lane.handler)),
    texts(lanes.map((lane) => lane.executor)),
    numbers(lanes.map((lane) => lane.priority)),
  ]);
}
