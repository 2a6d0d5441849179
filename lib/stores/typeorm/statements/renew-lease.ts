import type { BeatReply } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { ms, span } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/* What a dead node still holds waits to be handed on: its lease, long over, calls for reaping at once. */
const RENEW_LEASE = statement(
  'renew-lease',
  (sql) => `
  update ${sql.node} set lease_until = ${sql.now} + ${span('$2')}, beaten_at = ${sql.now}
  where id = $1::uuid and state = 'alive'
  returning ${sql.clock} as now,
    (select ${ms('min(lease_until)')} from ${sql.node} where state <> 'reaped' and id <> $1::uuid)
      as "nextLapseAt"`,
);

/** Renews a node's lease. `undefined` when it was declared dead. */
export async function renewLease(
  session: Session,
  nodeId: string,
  ttl: number,
): Promise<BeatReply | undefined> {
  return (await session.rows<BeatReply & { readonly now: number }>(RENEW_LEASE, [nodeId, ttl]))[0];
}
