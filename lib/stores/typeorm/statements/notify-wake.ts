import type { Session } from '../connection/session.js';
import { ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** Every node looks for itself at least this often, so that what lies farther ahead need not be announced. */
const SWEEP_HORIZON_MS = 20_000;

const NOTIFY_WAKE = statement(
  'notify-wake',
  (sql) => `
  select pg_notify('${sql.channel}', ($1::float8)::bigint::text)
  where $1::float8 < ${ms(sql.now)} + ${SWEEP_HORIZON_MS}`,
);

/** Tells all nodes, when the transaction is committed, of work at `at`, if that is soon. */
export async function notifyWake(session: Session, at: number | null): Promise<void> {
  if (at !== null) {
    await session.rows(NOTIFY_WAKE, [at]);
  }
}
