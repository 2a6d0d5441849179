import { ConflictingJobIdError } from '../../../core/errors/conflicting-job-id.error.js';
import type { EditOptions } from '../../../core/job-store.js';
import type { JobRecord, NewJob } from '../../../core/job.js';
import type { Session } from '../connection/session.js';
import { shownState, storedNextFireAt } from '../rows/job-row.js';
import { buryJobs } from '../statements/bury-jobs.js';
import { insertJobs } from '../statements/insert-jobs.js';
import type { InsertedJob } from '../statements/insert-jobs.js';
import { lockFinishedJobs } from '../statements/lock-finished-jobs.js';
import { notifyWake } from '../statements/notify-wake.js';
import type { JobWrites } from './job-writes.js';

/** Rows of one statement: more than that gain no speed, and one batch must end well within its time limit. */
const BATCH = 2000;

/** Undoes the statements that came before. */
class IdTaken extends Error {}

/** Adds jobs, all or none. */
export async function addJobs(
  writes: JobWrites,
  jobs: readonly NewJob[],
  options: EditOptions | undefined,
): Promise<readonly JobRecord[]> {
  refuseTwins(jobs);
  const laneIds = await writes.lanes.idsOf(jobs);
  try {
    return await writes.write(options, (session) => insertAll(session, jobs, laneIds));
  } catch (error) {
    if (!(error instanceof IdTaken)) {
      throw error;
    }
  }
  return writes.write(options, async (session) => {
    const ids = jobs.map((job) => job.id);
    await buryJobs(session, await lockFinishedJobs(session, ids));
    return insertAll(session, jobs, laneIds, (id) => new ConflictingJobIdError(id));
  });
}

async function insertAll(
  session: Session,
  jobs: readonly NewJob[],
  laneIds: readonly number[],
  refusal: (id: string) => Error = (id) => new IdTaken(id),
): Promise<JobRecord[]> {
  const records: JobRecord[] = [];
  for (let start = 0; start < jobs.length; start += BATCH) {
    const batch = jobs.slice(start, start + BATCH);
    const inserted = await insertJobs(session, batch, laneIds.slice(start, start + BATCH));
    const byId = new Map(inserted.map((row) => [row.id, row]));
    for (const job of batch) {
      const row = byId.get(job.id);
      if (!row) {
        throw refusal(job.id);
      }
      records.push(toRecord(job, row));
    }
  }
  await notifyWake(session, earliestOf(records));
  return records;
}

function refuseTwins(jobs: readonly NewJob[]): void {
  const ids = new Set<string>();
  for (const { id } of jobs) {
    if (ids.has(id)) {
      throw new ConflictingJobIdError(id);
    }
    ids.add(id);
  }
}

/** Field by field: ten thousand jobs are added as one, and spreading costs ten times as much. */
function toRecord(job: NewJob, { uid, now }: InsertedJob): JobRecord {
  const nextFireAt = storedNextFireAt(job);
  return {
    uid,
    id: job.id,
    name: job.name,
    handler: job.handler,
    executor: job.executor,
    args: job.args,
    trigger: job.trigger,
    priority: job.priority,
    tags: job.tags,
    metadata: job.metadata,
    coalesce: job.coalesce,
    overlap: job.overlap,
    maxInstances: job.maxInstances,
    misfireGraceTime: job.misfireGraceTime,
    maxCatchUp: job.maxCatchUp,
    recovery: job.recovery,
    origin: job.origin,
    fingerprint: job.fingerprint,
    state: shownState(job.state, nextFireAt),
    error: job.error,
    nextFireAt,
    lastFireAt: job.lastFireAt,
    fireCount: job.fireCount,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

function earliestOf(jobs: readonly JobRecord[]): number | null {
  let earliest: number | null = null;
  for (const { nextFireAt } of jobs) {
    if (nextFireAt !== null && (earliest === null || nextFireAt < earliest)) {
      earliest = nextFireAt;
    }
  }
  return earliest;
}
