import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const READ_NEXT_SEQ = statement(
  'read-next-seq',
  (sql) => `
  select coalesce(max(seq), 0) + 1 as seq from ${sql.run}
  where job_uid = $1::bigint and scheduled_at = ${at('$2::float8')}`,
);

/** The number that a further run by hand has at an instant of a locked job: 0 is the planned run's. */
export async function readNextSeq(session: Session, uid: string, instant: number): Promise<number> {
  return (await session.row<{ seq: number }>(READ_NEXT_SEQ, [uid, instant])).seq;
}
