import type { JobLoad } from '../../../core/fire.js';
import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

/** How busy a job is, and a number for a claim. */
export interface DueLoadRow extends JobLoad {
  readonly uid: string;
  readonly claim: number;
}

const READ_DUE_LOADS = statement(
  'read-due-loads',
  (sql) => `
  select u.uid, r.live as "liveRuns", r.waiting as "waitingRuns", nextval(${sql.claims})::float8 as claim
  from unnest($1::bigint[]) u (uid)
  cross join lateral (
    select count(*) filter (where behind is null)::integer as live,
      count(*) filter (where behind is not null)::integer as waiting
    from ${sql.run} where job_uid = u.uid and ${LIVE}) r`,
);

/** Reads how busy locked jobs are of which all else is known; a statement of its own for the reason given there. */
export function readDueLoads(session: Session, uids: readonly string[]): Promise<DueLoadRow[]> {
  return session.rows(READ_DUE_LOADS, [numbers(uids)]);
}
