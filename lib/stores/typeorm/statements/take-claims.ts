import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const TAKE_CLAIMS = statement(
  'take-claims',
  (sql) => `select nextval(${sql.claims})::float8 as claim from generate_series(1, $1::integer)`,
);

/** Numbers for claims. They grow and are never given twice. */
export async function takeClaims(session: Session, count: number): Promise<number[]> {
  const rows = await session.rows<{ claim: number }>(TAKE_CLAIMS, [count]);
  return rows.map((row) => row.claim);
}
