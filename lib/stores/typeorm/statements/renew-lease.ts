import type { BeatReply } from '../../../core/job-store.js';
import type { NodeSkills } from '../../../core/fire.js';
import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { READY, ms, span } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/*
 * What a dead node still holds waits to be handed on: its lease, long over, calls for reaping at once.
 *
 * The look at the head of each lane saves an idle node a statement of its own for it.
 */
const RENEW_LEASE = statement(
  'renew-lease',
  (sql) => `
  update ${sql.node} set lease_until = ${sql.now} + ${span('$2')}, beaten_at = ${sql.now}
  where id = $1::uuid and state = 'alive'
  returning ${sql.clock} as now,
    (select ${ms('min(lease_until)')} from ${sql.node} where state <> 'reaped' and id <> $1::uuid)
      as "nextLapseAt",
    (select ${ms('min(least(d.next_fire_at, r.start_at))')} from ${sql.lane} l
      left join lateral (
        select next_fire_at from ${sql.due} where lane_id = l.id and next_fire_at is not null
        order by next_fire_at limit 1) d on true
      left join lateral (
        select start_at from ${sql.run} where lane_id = l.id and ${READY}
        order by start_at limit 1) r on true
      where l.handler = any ($3::text[]) and l.executor = any ($4::text[])) as "nextWorkAt"`,
);

/** Renews a node's lease. `undefined` when it was declared dead. */
export async function renewLease(
  session: Session,
  { nodeId, handlers, executors }: NodeSkills,
  ttl: number,
): Promise<BeatReply | undefined> {
  const values = [nodeId, ttl, texts(handlers), texts(executors)];
  return (await session.rows<BeatReply & { readonly now: number }>(RENEW_LEASE, values))[0];
}
