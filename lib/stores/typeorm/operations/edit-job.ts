import { InvalidJobError } from '../../../core/errors/invalid-job.error.js';
import type { Edit, EditOptions } from '../../../core/job-store.js';
import type { JobRecord, NewJob } from '../../../core/job.js';
import type { Session } from '../connection/session.js';
import { shownState, storedNextFireAt } from '../rows/job-row.js';
import { deleteRuns } from '../statements/delete-runs.js';
import { holdBackRuns } from '../statements/hold-back-runs.js';
import { lockRunsNotBegun } from '../statements/lock-runs-not-begun.js';
import { notifyWake } from '../statements/notify-wake.js';
import { promoteRuns } from '../statements/promote-runs.js';
import { readLockedJob } from '../statements/read-locked-job.js';
import { readWatermark } from '../statements/read-watermark.js';
import { rewriteJob } from '../statements/rewrite-job.js';
import { earlier } from '../../../core/earlier.js';
import { checkVersion, findAndLock } from './job-writes.js';
import type { JobWrites } from './job-writes.js';

/** Edits a job, with all that it means for its planned runs that have not begun. */
export function editJob(
  writes: JobWrites,
  id: string,
  edit: Edit,
  options: EditOptions | undefined,
): Promise<JobRecord | null> {
  return writes.write(options, async (session) => {
    const locked = await findAndLock(session, id);
    if (!locked) {
      return null;
    }
    const { uid } = locked;
    const notBegun = await lockRunsNotBegun(session, uid);
    const withdrawn = notBegun.filter(({ isAhead }) => isAhead).map((run) => run.at);
    const pending = notBegun.filter(({ isAhead }) => !isAhead).map((run) => run.at);
    const { now, job } = await readLockedJob(session, uid);
    checkVersion(job, options);
    const before = await rewound(session, job, withdrawn);
    const changes = edit(before, now);
    if (changes === null) {
      return job;
    }
    const edited = changed(before, changes);
    const [laneId = locked.laneId] = await writes.lanes.idsOf([edited]);
    if (withdrawn.length > 0) {
      await deleteRuns(session, uid, withdrawn);
    }
    const written = await rewriteJob(session, uid, edited, laneId);
    if (pending.length > 0) {
      await holdBackRuns(session, uid, pending, edited.maxInstances);
      await writes.markAwaited(session, options, uid);
    }
    const freedAt = await promoteRuns(session, [uid]);
    await notifyWake(session, earlier(freedAt, edited.nextFireAt));
    return { ...edited, ...written };
  });
}

/** The job as it stood before the withdrawn runs were fired. */
async function rewound(
  session: Session,
  job: JobRecord,
  withdrawn: readonly number[],
): Promise<JobRecord> {
  const [earliest] = withdrawn;
  if (earliest === undefined) {
    return job;
  }
  return {
    ...job,
    state: job.state === 'finished' ? 'active' : job.state,
    nextFireAt: earliest,
    lastFireAt: await readWatermark(session, job.uid, earliest),
    fireCount: job.fireCount - withdrawn.length,
  };
}

/** The job with its changes, as it will read: what is not given, or given as undefined, stays. */
function changed(before: JobRecord, changes: Partial<NewJob>): JobRecord {
  if (changes.id !== undefined && changes.id !== before.id) {
    throw new InvalidJobError('id', changes.id, `It stays "${before.id}". Add another job.`);
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const job: JobRecord = { ...before, ...Object.fromEntries(given) };
  const nextFireAt = storedNextFireAt(job);
  return { ...job, nextFireAt, state: shownState(job.state, nextFireAt) };
}
