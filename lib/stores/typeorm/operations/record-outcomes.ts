import type { RunOutcome } from '../../../core/job-store.js';
import type { Session } from '../connection/session.js';
import { findFinishedRuns } from '../statements/find-finished-runs.js';
import { finishRuns } from '../statements/finish-runs.js';
import type { FinishedRuns } from '../statements/finish-runs.js';

/**
 * Records outcomes where the fence holds. One of this very claim that is on record already counts as recorded: then the
 * reply to the same request was lost, or the handler recorded it in a transaction of its own.
 */
export async function recordOutcomes(
  session: Session,
  nodeId: string,
  outcomes: readonly RunOutcome[],
): Promise<FinishedRuns> {
  const finished = await finishRuns(session, nodeId, outcomes);
  if (finished.places.length === outcomes.length) {
    return finished;
  }
  const done = new Set(finished.places);
  const missing = [...outcomes.keys()].filter((place) => !done.has(place));
  const found = await findFinishedRuns(
    session,
    nodeId,
    missing.flatMap((place) => outcomes[place] ?? []),
  );
  return {
    now: finished.now,
    places: [...finished.places, ...found.flatMap(({ place }) => missing[place] ?? [])],
    promotes: [
      ...new Set([...finished.promotes, ...found.flatMap(({ promotes }) => promotes ?? [])]),
    ],
  };
}
