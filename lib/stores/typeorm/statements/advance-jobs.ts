import type { FireDecision } from '../../../core/fire.js';
import { numbers } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at, fewAtATime } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';

const ADVANCE_JOBS = statement(
  'advance-jobs',
  (sql) => `
  update ${sql.due} d
  set next_fire_at = ${at('v.next_fire_at')}, last_fire_at = ${at('v.last_fire_at')},
    fire_count = v.fire_count, open_skip_at = ${at('v.open_skip_at')}
  from (select * from unnest($1::bigint[], $2::float8[], $3::float8[], $4::bigint[], $5::float8[])
      as given (job_uid, next_fire_at, last_fire_at, fire_count, open_skip_at)
    ${fewAtATime('$6')}) v
  where d.job_uid = v.job_uid`,
);

/** Moves locked jobs on, as was decided. */
export async function advanceJobs(
  session: Session,
  decisions: readonly FireDecision[],
): Promise<void> {
  await session.rows(ADVANCE_JOBS, [
    numbers(decisions.map((decision) => decision.uid)),
    numbers(decisions.map((decision) => decision.nextFireAt)),
    numbers(decisions.map((decision) => decision.lastFireAt)),
    numbers(decisions.map((decision) => decision.fireCount)),
    numbers(decisions.map((decision) => decision.openSkipAt)),
    decisions.length,
  ]);
}
