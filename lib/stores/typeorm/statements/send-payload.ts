import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const SEND_PAYLOAD = statement('send-payload', () => `select pg_notify($1, $2)`);

/** Tells all who listen on a channel of the database. */
export async function sendPayload(
  session: Session,
  channel: string,
  payload: string,
): Promise<void> {
  await session.rows(SEND_PAYLOAD, [channel, payload]);
}
