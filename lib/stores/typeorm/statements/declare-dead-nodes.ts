import type { Session } from '../connection/session.js';
import { ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

export interface DeadNodes {
  readonly now: number;
  /** All that are dead and may still hold something. */
  readonly dead: readonly string[];
  /** Earliest end of a live node's lease. */
  readonly nextLapseAt: number | null;
}

/*
 * A node that is claiming something this moment has its row locked, and is left for the next time: once a node is
 * dead, no claim of its can be committed any more.
 */
const DECLARE_DEAD_NODES = statement(
  'declare-dead-nodes',
  (sql) => `
  with lapsed as materialized (
    select id from ${sql.node} where state = 'alive' and lease_until <= ${sql.now} for update skip locked
  ), declared as (
    update ${sql.node} n set state = 'dead' from lapsed l where n.id = l.id returning n.id
  )
  select ${ms(sql.now)} as now,
    (select coalesce(jsonb_agg(id), '[]') from (
      select id from ${sql.node} where state = 'dead' union select id from declared) d) as dead,
    (select ${ms('min(lease_until)')} from ${sql.node}
      where state = 'alive' and id not in (select id from declared)) as "nextLapseAt"`,
);

/** Declares nodes dead whose lease has ended. */
export function declareDeadNodes(session: Session): Promise<DeadNodes> {
  return session.row(DECLARE_DEAD_NODES);
}
