import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { statement } from '../connection/statement.js';

const BURY_JOBS = statement(
  'bury-jobs',
  (sql) => `
  with buried as (delete from ${sql.due} where job_uid = any ($1::bigint[]) returning job_uid)
  update ${sql.job} j set removed_at = ${sql.now} from buried b where j.uid = b.job_uid`,
);

/** Takes locked jobs out of sight. Their wide rows stay, as the names that their runs go by. */
export async function buryJobs(session: Session, uids: readonly string[]): Promise<void> {
  await session.rows(BURY_JOBS, [numbers(uids)]);
}
