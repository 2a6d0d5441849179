import type { FinishReply, RunOutcome } from '../../../core/job-store.js';
import { isRefusedData } from '../connection/database-error.js';
import type { Database } from '../connection/database.js';
import type { FinishedRuns } from '../statements/finish-runs.js';
import { recordOutcomes } from './record-outcomes.js';
import type { Completions } from './completions.js';
import type { DeferredWork } from './deferred-work.js';
import { earlier } from '../../../core/earlier.js';
import { Reordered } from './reordered.js';

/**
 * Records outcomes, then frees the runs that waited behind.
 *
 * Not in one transaction: recording locks runs, and freeing locks jobs, where all else locks jobs first. Should the
 * second fail, the scheduler repeats the whole call. Should the process die in between, whoever reaps it looks at all
 * runs that wait.
 */
export async function finishClaimed(
  database: Database,
  deferred: DeferredWork,
  completions: Completions,
  nodeId: string,
  outcomes: readonly RunOutcome[],
): Promise<FinishReply> {
  const apart = outcomes.filter((outcome) => completions.isConcerned(outcome));
  if (apart.length === 0) {
    return finishPlain(database, deferred, nodeId, outcomes);
  }
  const plain = outcomes.filter((outcome) => !apart.includes(outcome));
  const finished = await finishPlain(database, deferred, nodeId, plain);
  const settled = await completions.settle(nodeId, apart);
  const freedAt = await promote(deferred, settled.promotes);
  return {
    now: finished.now,
    recorded: outcomes.map((outcome) => {
      const place = apart.indexOf(outcome);
      return place === -1
        ? (finished.recorded[plain.indexOf(outcome)] ?? false)
        : settled.open.has(place)
          ? null
          : settled.places.includes(place);
    }),
    nextReadyAt: earlier(finished.nextReadyAt, freedAt),
  };
}

async function finishPlain(
  database: Database,
  deferred: DeferredWork,
  nodeId: string,
  outcomes: readonly RunOutcome[],
): Promise<FinishReply> {
  const ordered = new Reordered(outcomes);
  const { now, places, promotes } = await record(database, nodeId, ordered.items);
  return {
    now,
    recorded: ordered.flags(places),
    nextReadyAt: await promote(deferred, promotes),
  };
}

async function promote(deferred: DeferredWork, uids: readonly string[]): Promise<number | null> {
  return uids.length === 0 ? null : deferred.promote(uids);
}

/** A batch that the database refuses is halved until the culprit stands alone, which is then recorded as failed. */
async function record(
  database: Database,
  nodeId: string,
  outcomes: readonly RunOutcome[],
): Promise<FinishedRuns> {
  try {
    return await database.session((session) => recordOutcomes(session, nodeId, outcomes));
  } catch (error) {
    if (!isRefusedData(error)) {
      throw error;
    }
    const [only] = outcomes;
    if (outcomes.length === 1 && only) {
      const refused = refusedOutcome(only, error.message);
      return database.session((session) => recordOutcomes(session, nodeId, [refused]));
    }
  }
  const middle = Math.ceil(outcomes.length / 2);
  const first = await record(database, nodeId, outcomes.slice(0, middle));
  const second = await record(database, nodeId, outcomes.slice(middle));
  return {
    now: second.now,
    places: [...first.places, ...second.places.map((place) => middle + place)],
    promotes: [...new Set([...first.promotes, ...second.promotes])],
  };
}

function refusedOutcome(outcome: RunOutcome, message: string): RunOutcome {
  return {
    ...outcome,
    state: 'failed',
    result: null,
    error: {
      name: 'Error',
      code: 'OUTCOME_REFUSED',
      message: `The run ${outcome.state}, but the database cannot hold its outcome: ${message}`,
    },
    reason: 'outcome-refused',
  };
}
