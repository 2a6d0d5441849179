import type { JobRecord, JobState } from '../../../core/job.js';
import { ms } from '../connection/sql-names.js';

/** A job as a statement with `JOB_COLUMNS` gives it. */
export interface JobRow extends Omit<JobRecord, 'state'> {
  readonly state: Exclude<JobState, 'finished'>;
}

/** A whole job, with its wide row as `j` and its narrow row as `d`. */
export const JOB_COLUMNS = `
  j.uid, j.id, j.name, j.handler, j.executor, j.priority, j.args, j.trigger, j.coalesce, j.overlap,
  j.max_instances as "maxInstances", j.misfire_grace_time::float8 as "misfireGraceTime",
  j.max_catch_up as "maxCatchUp", j.recovery, to_jsonb(j.tags) as tags, j.metadata, j.state, j.version,
  j.origin, j.fingerprint, j.error, ${ms('j.created_at')} as "createdAt",
  ${ms('j.updated_at')} as "updatedAt", ${ms('d.next_fire_at')} as "nextFireAt",
  ${ms('d.last_fire_at')} as "lastFireAt", d.fire_count::float8 as "fireCount"`;

/** A fire never writes the wide row: that a job is finished shows from its having no next instant. */
export function toJobRecord(row: JobRow): JobRecord {
  return { ...row, state: shownState(row.state, row.nextFireAt) };
}

export function shownState(state: JobState, nextFireAt: number | null): JobState {
  return state === 'active' && nextFireAt === null ? 'finished' : state;
}

export function storedState(state: JobState): JobRow['state'] {
  return state === 'finished' ? 'active' : state;
}

/** Only an active job has a next instant. */
export function storedNextFireAt(job: Pick<JobRecord, 'state' | 'nextFireAt'>): number | null {
  return storedState(job.state) === 'active' ? job.nextFireAt : null;
}
