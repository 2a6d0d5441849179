import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const SEND_PAYLOADS = statement(
  'send-payloads',
  () => `select pg_notify($1, v.payload) from unnest($2::text[]) as v (payload)`,
);

/** Tells all who listen on a channel of the database. One payload takes less than 8000 bytes. */
export async function sendPayloads(
  session: Session,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  await session.rows(SEND_PAYLOADS, [channel, texts(payloads)]);
}
