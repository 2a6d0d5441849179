import type { Evidence } from '../ledger/evidence.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** When everything has settled, no run is live any more. */
export function stuckRuns({ runs, processOf }: Evidence): Breach[] {
  return runs
    .filter(({ state }) => state === 'queued' || state === 'running')
    .map(({ jobId, scheduledAt, state, attempt, nodeId, reason }) => {
      const holder = nodeId === null ? undefined : processOf.get(nodeId);
      const held =
        nodeId === null
          ? 'held by nobody'
          : `held by ${holder?.settings.label ?? nodeId}, ${holder?.exitedAt === null ? 'alive' : 'gone'}`;
      return `${jobId} at ${time(scheduledAt)} is ${state}, attempt ${attempt}, ${held}, reason ${reason}`;
    });
}
