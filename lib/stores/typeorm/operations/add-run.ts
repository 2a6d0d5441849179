import type { JobLoad, PlannedRun } from '../../../core/fire.js';
import type { EditOptions } from '../../../core/job-store.js';
import type { JobRecord } from '../../../core/job.js';
import type { RunRecord } from '../../../core/run.js';
import { notifyWake } from '../statements/notify-wake.js';
import { promoteRuns } from '../statements/promote-runs.js';
import { readLockedJob } from '../statements/read-locked-job.js';
import { readNextSeq } from '../statements/read-next-seq.js';
import { readRuns } from '../statements/read-runs.js';
import { recordRuns } from '../statements/record-runs.js';
import { checkVersion, findAndLock } from './job-writes.js';
import type { JobWrites } from './job-writes.js';

/** Adds a run by hand, which nobody holds yet. */
export function addRun(
  writes: JobWrites,
  jobId: string,
  plan: (job: JobRecord & JobLoad, now: number) => PlannedRun,
  options: EditOptions | undefined,
): Promise<RunRecord | null> {
  return writes.write(options, async (session) => {
    const locked = await findAndLock(session, jobId);
    if (!locked) {
      return null;
    }
    const { uid, laneId } = locked;
    const { now, job, load } = await readLockedJob(session, uid);
    checkVersion(job, options);
    const planned = plan({ ...job, ...load }, now);
    const seq = await readNextSeq(session, uid, planned.scheduledAt);
    const waits = planned.behind !== null;
    const run = {
      ...planned,
      state: planned.state === 'running' ? ('queued' as const) : planned.state,
      jobUid: uid,
      laneId,
      seq,
      claim: null,
      // In the caller's transaction nobody could mark it later.
      awaited: waits || load.waitingRuns > 0 || options?.manager !== undefined,
    };
    await recordRuns(session, null, [run]);
    if (waits) {
      // One of those ahead may have ended since it was counted, not knowing that this one would wait.
      await writes.markAwaited(session, options, uid);
      await promoteRuns(session, [uid]);
    }
    const [record = null] = await readRuns(session, [run]);
    await notifyWake(session, record?.startAt ?? null);
    return record;
  });
}
