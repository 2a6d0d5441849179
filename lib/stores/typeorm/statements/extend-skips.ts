import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** Further instants for a skip record. */
export interface SkipExtension {
  readonly jobUid: string;
  /** Instant of the record. */
  readonly openSkipAt: number;
  readonly until: number;
  readonly count: number;
}

const EXTEND_SKIPS = statement(
  'extend-skips',
  (sql) => `
  update ${sql.run} r
  set until = ${at('v.until')}, count = r.count + v.count, finished_at = ${sql.now}
  from unnest($1::bigint[], $2::float8[], $3::float8[], $4::bigint[])
    as v (job_uid, scheduled_at, until, count)
  where r.job_uid = v.job_uid and r.scheduled_at = ${at('v.scheduled_at')} and r.seq = 0
    and r.state = 'skipped'
  returning r.job_uid as uid`,
);

/** Adds instants to skip records. Gives the uids of the jobs whose record was there. */
export async function extendSkips(
  session: Session,
  extensions: readonly SkipExtension[],
): Promise<Set<string>> {
  const rows = await session.rows<{ uid: string }>(EXTEND_SKIPS, [
    numbers(extensions.map((extension) => extension.jobUid)),
    numbers(extensions.map((extension) => extension.openSkipAt)),
    numbers(extensions.map((extension) => extension.until)),
    numbers(extensions.map((extension) => extension.count)),
  ]);
  return new Set(rows.map((row) => row.uid));
}
