import { NodeLostError } from '../../../core/errors/node-lost.error.js';
import type { RunFence, StartReply } from '../../../core/job-store.js';
import type { Database } from '../connection/database.js';
import { startRuns } from '../statements/start-runs.js';
import type { DeferredWork } from './deferred-work.js';
import { Reordered } from './reordered.js';

/** Turns runs that were claimed ahead `running`. */
export async function startClaimed(
  database: Database,
  deferred: DeferredWork,
  nodeId: string,
  fences: readonly RunFence[],
): Promise<StartReply> {
  const ordered = new Reordered(fences);
  const { now, alive, places, locked } = await database.session((session) =>
    startRuns(session, nodeId, ordered.items),
  );
  if (!alive) {
    throw new NodeLostError(nodeId);
  }
  deferred.giveBackLater(
    nodeId,
    locked.flatMap((place) => ordered.items[place] ?? []),
  );
  return { now, started: ordered.flags(places) };
}
