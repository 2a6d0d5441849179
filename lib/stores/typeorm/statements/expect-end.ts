import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { LIVE, at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const EXPECT_END = statement(
  'expect-end',
  (sql) => `
  update ${sql.run} set awaited = true
  where job_uid = $2::bigint and scheduled_at = ${at('$3::float8')} and seq = $4::integer
    and node_id = $1::uuid and claim = $5::bigint and ${LIVE} and not awaited`,
);

/** Marks a run that is going to end, so that whatever may come to wait behind it is looked at then. */
export async function expectEnd(
  session: Session,
  nodeId: string,
  { jobUid, scheduledAt, seq, claim }: RunFence,
): Promise<void> {
  await session.rows(EXPECT_END, [nodeId, jobUid, scheduledAt, seq, claim]);
}
