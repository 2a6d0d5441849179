import type { Session } from '../connection/session.js';
import { at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const READ_WATERMARK = statement(
  'read-watermark',
  (sql) => `
  select ${ms('coalesce(until, scheduled_at)')} as at from ${sql.run}
  where job_uid = $1::bigint and seq = 0 and scheduled_at < ${at('$2::float8')}
  order by scheduled_at desc limit 1`,
);

/** The last instant before `instant` that a job has on record. */
export async function readWatermark(
  session: Session,
  uid: string,
  instant: number,
): Promise<number | null> {
  const rows = await session.rows<{ at: number }>(READ_WATERMARK, [uid, instant]);
  return rows[0]?.at ?? null;
}
