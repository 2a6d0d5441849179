import type { NewJob } from '../../../core/job.js';
import { jsons, numbers, texts } from '../connection/array-literal.js';
import type { Session } from '../connection/session.js';
import { at, ms } from '../connection/sql-names.js';
import { statement } from '../connection/statement.js';
import { storedNextFireAt, storedState } from '../rows/job-row.js';

/** A job that found its id free. */
export interface InsertedJob {
  readonly now: number;
  readonly id: string;
  readonly uid: string;
}

/*
 * The uids are given out first, so that both rows can be written without looking one up by the other. A job whose id
 * is taken leaves a narrow row without a wide one: the caller then undoes the statement.
 */
const INSERT_JOBS = statement(
  'insert-jobs',
  (sql) => `
  with given as materialized (
    select nextval(${sql.jobUids}) as uid, v.*
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::text[],
      $8::text[], $9::text[], $10::integer[], $11::bigint[], $12::integer[], $13::text[], $14::text[],
      $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::float8[], $21::float8[],
      $22::bigint[], $23::integer[])
      as v (id, name, handler, executor, priority, args, trigger, coalesce, overlap, max_instances,
        misfire_grace_time, max_catch_up, recovery, tags, metadata, state, origin, fingerprint, error,
        next_fire_at, last_fire_at, fire_count, lane_id)
  ), planned as (
    insert into ${sql.due} (job_uid, lane_id, version, next_fire_at, last_fire_at, fire_count)
    select uid, lane_id, 1, ${at('next_fire_at')}, ${at('last_fire_at')}, fire_count from given
  )
  insert into ${sql.job} (uid, id, name, handler, executor, priority, args, trigger, coalesce, overlap,
    max_instances, misfire_grace_time, max_catch_up, recovery, tags, metadata, state, version, origin,
    fingerprint, error, created_at, updated_at)
  select uid, id, name, handler, executor, priority, args::jsonb, trigger::jsonb, coalesce, overlap,
    max_instances, misfire_grace_time, max_catch_up, recovery, tags::text[], metadata::jsonb, state, 1,
    origin, fingerprint, error, ${sql.now}, ${sql.now}
  from given
  on conflict (id) where removed_at is null do nothing
  returning ${ms(sql.now)} as now, id, uid`,
);

/** Writes jobs whose ids are free. Where it gives fewer than it was given, the rest were not, and it must be undone. */
export function insertJobs(
  session: Session,
  jobs: readonly NewJob[],
  laneIds: readonly number[],
): Promise<InsertedJob[]> {
  return session.rows(INSERT_JOBS, [
    texts(jobs.map((job) => job.id)),
    texts(jobs.map((job) => job.name)),
    texts(jobs.map((job) => job.handler)),
    texts(jobs.map((job) => job.executor)),
    numbers(jobs.map((job) => job.priority)),
    jsons(jobs.map((job) => job.args)),
    jsons(jobs.map((job) => job.trigger)),
    texts(jobs.map((job) => job.coalesce)),
    texts(jobs.map((job) => job.overlap)),
    numbers(jobs.map((job) => job.maxInstances)),
    numbers(jobs.map((job) => job.misfireGraceTime)),
    numbers(jobs.map((job) => job.maxCatchUp)),
    texts(jobs.map((job) => job.recovery)),
    // A flat list of lists would come apart: each is passed as the text of its own array.
    texts(jobs.map((job) => texts(job.tags))),
    jsons(jobs.map((job) => job.metadata)),
    texts(jobs.map((job) => storedState(job.state))),
    texts(jobs.map((job) => job.origin)),
    texts(jobs.map((job) => job.fingerprint)),
    texts(jobs.map((job) => job.error)),
    numbers(jobs.map((job) => storedNextFireAt(job))),
    numbers(jobs.map((job) => job.lastFireAt)),
    numbers(jobs.map((job) => job.fireCount)),
    numbers(laneIds),
  ]);
}
