import { texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const READ_TAKEN_IDS = statement(
  'read-taken-ids',
  (sql) => `select id from ${sql.job} where id = any ($1::text[]) and removed_at is null`,
);

/** Which of the ids belong to jobs. */
export async function readTakenIds(session: Session, ids: readonly string[]): Promise<Set<string>> {
  const rows = await session.rows<{ id: string }>(READ_TAKEN_IDS, [texts(ids)]);
  return new Set(rows.map((row) => row.id));
}
