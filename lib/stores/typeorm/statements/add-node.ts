import type { NodeAdvert } from '../../../core/job-store.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { span } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/* Joining twice under one id happens when the reply to the first was lost. A dead one does not rise again. */
const ADD_NODE = statement(
  'add-node',
  (sql) => `
  insert into ${sql.node} as n
    (id, state, lease_until, started_at, beaten_at, host, pid, handlers, executors)
  values ($1::uuid, 'alive', ${sql.now} + ${span('$2')}, ${sql.now}, ${sql.now}, $3, $4::integer,
    $5::text[], $6::text[])
  on conflict (id) do update set lease_until = excluded.lease_until, beaten_at = excluded.beaten_at
    where n.state = 'alive'
  returning ${sql.clock} as now`,
);

/** Adds a node. `undefined` when it was declared dead. */
export async function addNode(
  session: Session,
  { nodeId, host, pid, handlers, executors }: NodeAdvert,
  ttl: number,
): Promise<{ readonly now: number } | undefined> {
  const values = [nodeId, ttl, host, pid, texts(handlers), texts(executors)];
  return (await session.rows<{ now: number }>(ADD_NODE, values))[0];
}
