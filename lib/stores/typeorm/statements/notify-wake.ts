import type { Session } from '../connection/session.js';
import { ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** Every node looks for itself at least this often, so that what lies farther ahead need not be announced. */
const SWEEP_HORIZON_MS = 20_000;

/**
 * Of equal notifications of one transaction Postgres sends one. An application may add thousands of jobs in a transaction
 * of its own, one after the other: told to the second, they are no more notifications than there are seconds to the
 * horizon. Who wakes too early looks again in time.
 */
const ROUGHLY_MS = 1000;

const NOTIFY_WAKE = statement(
  'notify-wake',
  (sql) => `
  select pg_notify('${sql.channel}', ($1::float8)::bigint::text)
  where $1::float8 < ${ms(sql.now)} + ${SWEEP_HORIZON_MS}`,
);

const NOTIFY_WAKE_ROUGHLY = statement(
  'notify-wake-roughly',
  (sql) => `
  select pg_notify('${sql.channel}',
    (case when v.at > ${ms(sql.now)} then floor(v.at / ${ROUGHLY_MS}) * ${ROUGHLY_MS} else 0 end)::bigint::text)
  from (values ($1::float8)) v (at)
  where v.at < ${ms(sql.now)} + ${SWEEP_HORIZON_MS}`,
);

/** Tells all nodes, when the transaction is committed, of work at `at` or a little later, if that is soon. */
export async function notifyWake(session: Session, at: number | null): Promise<void> {
  if (at !== null) {
    await session.rows(session.terms.own ? NOTIFY_WAKE : NOTIFY_WAKE_ROUGHLY, [at]);
  }
}
