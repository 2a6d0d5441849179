import { NodeLostError } from '../../../core/errors/node-lost.error.js';
import type { WorkRequest } from '../../../core/fire.js';
import type { RunFence, TakeReply } from '../../../core/job-store.js';
import type { Database } from '../connection/database.js';
import type { Session } from '../connection/session.js';
import { claimRuns } from '../statements/claim-runs.js';
import { lockReadyRuns } from '../statements/lock-ready-runs.js';
import { surveyWork } from '../statements/survey-work.js';
import { levelsUpBy, serveLevels } from './levels.js';

/** Claims runs that nobody holds for a node. */
export async function takeRuns(database: Database, request: WorkRequest): Promise<TakeReply> {
  const { now, alive, ready } = await database.session((session) => surveyWork(session, request));
  if (!alive) {
    throw new NodeLostError(request.nodeId);
  }
  const levels = levelsUpBy(ready, now + request.lead);
  if (levels.length === 0 || request.limit < 1) {
    return { now, runs: [] };
  }
  return database.transaction(async (session) => {
    const fences = await lockLevels(session, request, levels);
    return fences.length === 0 ? { now, runs: [] } : claimRuns(session, request.nodeId, fences);
  });
}

async function lockLevels(
  session: Session,
  request: WorkRequest,
  levels: readonly number[],
): Promise<RunFence[]> {
  const fences: RunFence[] = [];
  await serveLevels(levels, request.limit, async (level, room) => {
    const { alive, runs } = await lockReadyRuns(session, request, level, room);
    if (!alive) {
      throw new NodeLostError(request.nodeId);
    }
    fences.push(...runs);
    return runs.length;
  });
  return fences;
}
