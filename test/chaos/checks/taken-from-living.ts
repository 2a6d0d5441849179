import type { Evidence } from '../ledger/evidence.js';
import type { ChangeRow } from '../ledger/rows.js';
import { overlap } from '../span.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** A freeze that ended so long ago is no reason any more: the lease and a beat. */
const MEMORY_MS = 13_000;

const OF_THE_DEAD = new Set(['node-lost', 'poisoned']);

/** No run is taken from a node that was neither killed, frozen nor asked to go; an outage of the store is no reason. */
export function takenFromLiving(evidence: Evidence): Breach[] {
  return [...evidence.changesByRun.values()].flatMap((changes) =>
    changes.flatMap((change, index) => {
      const isTaken = isHandedOn(change, changes[index - 1]);
      const process = evidence.processOf.get(change.oldNode ?? '');
      if (!isTaken || !process || process.service.until <= change.at) {
        return [];
      }
      const lately = { from: change.at - MEMORY_MS, until: change.at };
      return process.freezes.some((freeze) => overlap(freeze, lately))
        ? []
        : `${change.runId} was taken from ${process.settings.label} at ${time(change.at)}`;
    }),
  );
}

/** A node that gives a run back takes the attempt back, others leave it counted. */
function isHandedOn(change: ChangeRow, before: ChangeRow | undefined): boolean {
  const { oldState, newState, reason, attempt } = change;
  return (
    oldState === 'running' &&
    ((newState === 'queued' && attempt === before?.attempt) ||
      (newState === 'failed' && OF_THE_DEAD.has(reason ?? '')))
  );
}
