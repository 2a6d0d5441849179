import type { RunFence } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { lockFreeJobs } from '../statements/lock-free-jobs.js';
import { notifyWake } from '../statements/notify-wake.js';
import { releaseRuns } from '../statements/release-runs.js';

/**
 * Gives back runs whose handlers were not called, as their jobs are now. Gives those that were left, because an edit that
 * is not committed yet has their jobs locked: what it says counts for them.
 */
export async function giveBack(
  session: Session,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<RunFence[]> {
  const free = await lockFreeJobs(session, [...new Set(fences.map(({ jobUid }) => jobUid))]);
  const unlocked = fences.filter(({ jobUid }) => free.has(jobUid));
  await notifyWake(session, await releaseRuns(session, nodeId, unlocked));
  return fences.filter(({ jobUid }) => !free.has(jobUid));
}
