import type { EditOptions } from '../../../core/job-store.js';
import type { JobRecord } from '../../../core/job.js';
import { buryJobs } from '../statements/bury-jobs.js';
import { cancelQueuedRuns } from '../statements/cancel-queued-runs.js';
import { readLockedJob } from '../statements/read-locked-job.js';
import { checkVersion, findAndLock } from './job-writes.js';
import type { JobWrites } from './job-writes.js';

/** Takes a job out of sight and cancels its runs that have not begun. */
export function removeJob(
  writes: JobWrites,
  id: string,
  guard: (job: JobRecord) => void,
  options: EditOptions | undefined,
): Promise<JobRecord | null> {
  return writes.write(options, async (session) => {
    const locked = await findAndLock(session, id);
    if (!locked) {
      return null;
    }
    const { job } = await readLockedJob(session, locked.uid);
    checkVersion(job, options);
    guard(job);
    await cancelQueuedRuns(session, locked.uid, 'job-removed');
    await buryJobs(session, [locked.uid]);
    return job;
  });
}
