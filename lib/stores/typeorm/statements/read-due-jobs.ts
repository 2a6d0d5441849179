import type { DueJob } from '../../../core/fire.js';
import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { LIVE, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import type { DueLoadRow } from './read-due-loads.js';

/** What only an edit changes of a job: its version tells whether it is still so. */
export interface DueSpec extends Omit<
  DueJob,
  'version' | 'nextFireAt' | 'lastFireAt' | 'fireCount' | 'openSkipAt' | 'liveRuns' | 'waitingRuns'
> {
  /** JSON as text: each run reads arguments of its own from it. */
  readonly args: string;
}

/** What a plan must know of a job beside its narrow row. */
export interface DueSpecRow extends DueSpec, DueLoadRow {}

const READ_DUE_JOBS = statement(
  'read-due-jobs',
  (sql) => `
  select j.uid, j.id, j.handler, j.executor, j.args::text as args, j.trigger, j.coalesce, j.overlap,
    j.max_instances as "maxInstances", j.misfire_grace_time::float8 as "misfireGraceTime",
    j.max_catch_up as "maxCatchUp", j.recovery, j.origin, ${ms('j.created_at')} as "createdAt",
    r.live as "liveRuns", r.waiting as "waitingRuns", nextval(${sql.claims})::float8 as claim
  from unnest($1::bigint[]) u (uid)
  cross join lateral (select * from ${sql.job} where uid = u.uid limit 1) j
  cross join lateral (
    select count(*) filter (where behind is null)::integer as live,
      count(*) filter (where behind is not null)::integer as waiting
    from ${sql.run} where job_uid = u.uid and ${LIVE}) r`,
);

/**
 * Reads jobs whose rows were locked, and how busy they are. A statement of its own after the locking, because what a
 * statement sees dates from its begin: what others did until the lock was held would be missing.
 */
export function readDueJobs(session: Session, uids: readonly string[]): Promise<DueSpecRow[]> {
  return session.rows(READ_DUE_JOBS, [numbers(uids)]);
}
