import type { ReapReply, ReapedRun } from '../../../core/job-store.js';
import type { RunKey } from '../../../core/run.js';
import type { Database } from '../connection/database.js';
import { byKey } from '../rows/run-keys.js';
import { declareDeadNodes } from '../statements/declare-dead-nodes.js';
import { findHeldRuns } from '../statements/find-held-runs.js';
import { findWaitingJobs } from '../statements/find-waiting-jobs.js';
import { forgetNodes } from '../statements/forget-nodes.js';
import { handOnRuns } from '../statements/hand-on-runs.js';
import { lockFreeJobs } from '../statements/lock-free-jobs.js';
import { notifyWake } from '../statements/notify-wake.js';
import { promoteRuns } from '../statements/promote-runs.js';

/** Rows that one transaction locks: few enough for others to wait for. */
const BATCH = 500;

/** Nearly always it is a fire that has a job locked, for milliseconds. An edit in a long transaction costs a look now and then. */
const TRY_AGAIN_MS = 100;

/**
 * Declares nodes dead whose lease has ended, and hands on what dead nodes hold. Runs of jobs that somebody has locked
 * are left for the next time, which is soon; their node stays on the list until it holds nothing.
 */
export async function reapNodes(database: Database, maxRecoveries: number): Promise<ReapReply> {
  const { now, dead, nextLapseAt } = await database.session(declareDeadNodes);
  if (dead.length === 0) {
    return { now, runs: [], nextLapseAt };
  }
  const runs: ReapedRun[] = [];
  const held = await database.session((session) => findHeldRuns(session, dead));
  let isLeft = false;
  for (const batch of batches(held.sort(byKey))) {
    const { reaped, isComplete } = await handOn(database, batch, dead, maxRecoveries, now);
    runs.push(...reaped);
    isLeft ||= !isComplete;
  }
  isLeft = !(await promoteStranded(database)) || isLeft;
  await database.session((session) => forgetNodes(session, dead));
  const tryAgainAt = isLeft ? now + TRY_AGAIN_MS : Infinity;
  const again = Math.min(tryAgainAt, nextLapseAt ?? Infinity);
  return { now, runs, nextLapseAt: again === Infinity ? null : again };
}

async function handOn(
  database: Database,
  batch: readonly RunKey[],
  dead: readonly string[],
  maxRecoveries: number,
  now: number,
): Promise<{ reaped: readonly ReapedRun[]; isComplete: boolean }> {
  const uids = [...new Set(batch.map((key) => key.jobUid))];
  return database.transaction(async (session) => {
    const free = await lockFreeJobs(session, uids);
    const keys = batch.filter((key) => free.has(key.jobUid));
    const reaped = await handOnRuns(session, keys, dead, maxRecoveries);
    if (reaped.length > 0) {
      await promoteRuns(session, [...free]);
      await notifyWake(session, now);
    }
    return { reaped, isComplete: reaped.length === batch.length };
  });
}

/**
 * A node that died between recording an outcome and freeing what waited behind leaves that to us.
 *
 * @returns whether all jobs could be looked at
 */
async function promoteStranded(database: Database): Promise<boolean> {
  const uids = await database.session(findWaitingJobs);
  let isComplete = true;
  for (const batch of batches(uids)) {
    await database.transaction(async (session) => {
      const free = await lockFreeJobs(session, batch);
      isComplete &&= free.size === batch.length;
      await promoteRuns(session, [...free]);
    });
  }
  return isComplete;
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BATCH) {
    yield items.slice(start, start + BATCH);
  }
}
