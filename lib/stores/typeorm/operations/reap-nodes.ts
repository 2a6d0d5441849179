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

/**
 * Declares nodes dead whose lease has ended, and hands on what dead nodes hold. Runs of jobs that somebody is editing
 * are left for the next time; their node stays on the list until it holds nothing.
 */
export async function reapNodes(database: Database, maxRecoveries: number): Promise<ReapReply> {
  const { now, dead, nextLapseAt } = await database.session(declareDeadNodes);
  const runs: ReapedRun[] = [];
  if (dead.length > 0) {
    const held = await database.session((session) => findHeldRuns(session, dead));
    for (const batch of batches(held.sort(byKey))) {
      runs.push(...(await handOn(database, batch, dead, maxRecoveries, now)));
    }
    await promoteStranded(database);
    await database.session((session) => forgetNodes(session, dead));
  }
  return { now, runs, nextLapseAt };
}

async function handOn(
  database: Database,
  batch: readonly RunKey[],
  dead: readonly string[],
  maxRecoveries: number,
  now: number,
): Promise<ReapedRun[]> {
  const uids = [...new Set(batch.map((key) => key.jobUid))];
  return database.transaction(async (session) => {
    const free = await lockFreeJobs(session, uids);
    const keys = batch.filter((key) => free.has(key.jobUid));
    const reaped = await handOnRuns(session, keys, dead, maxRecoveries);
    if (reaped.length > 0) {
      await promoteRuns(session, [...free]);
      await notifyWake(session, now);
    }
    return reaped;
  });
}

/** A node that died between recording an outcome and freeing what waited behind leaves that to us. */
async function promoteStranded(database: Database): Promise<void> {
  const uids = await database.session(findWaitingJobs);
  for (const batch of batches(uids)) {
    await database.transaction(async (session) => {
      await promoteRuns(session, [...(await lockFreeJobs(session, batch))]);
    });
  }
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BATCH) {
    yield items.slice(start, start + BATCH);
  }
}
