import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const FORGET_NODES = statement(
  'forget-nodes',
  (sql) => `
  update ${sql.node} set state = 'reaped'
  where id = any ($1::uuid[]) and state = 'dead'
    and not exists (select from ${sql.run} where ${LIVE} and node_id = any ($1::uuid[]))`,
);

/** Strikes dead nodes off the list of those that may hold something, if they no longer do. */
export async function forgetNodes(session: Session, dead: readonly string[]): Promise<void> {
  await session.rows(FORGET_NODES, [texts(dead)]);
}
