import type { Session } from '../connection/session.js';
import { ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const END_LEASE = statement(
  'end-lease',
  (sql) => `
  update ${sql.node} set state = 'dead', lease_until = ${sql.now}
  where id = $1::uuid and state = 'alive'
  returning ${ms(sql.now)} as now`,
);

/** Ends a node's lease: it is dead from now on. */
export async function endLease(session: Session, nodeId: string): Promise<void> {
  await session.rows(END_LEASE, [nodeId]);
}
