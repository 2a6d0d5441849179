import type { Evidence } from '../ledger/evidence.js';
import { claimOf } from './claims.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** How much the clocks of the database and of a node can be out of step without anybody being able to tell. */
const TOLERANCE_MS = 1;

/** Nothing starts before its instant, by the clock of the database. */
export function startedEarly(evidence: Evidence): Breach[] {
  return evidence.attempts.flatMap(({ jobId, runId, scheduledAt, attempt, startedAt, label }) => {
    const planned = Math.max(
      scheduledAt,
      claimOf(evidence, runId, attempt, startedAt)?.startAt ?? scheduledAt,
    );
    return startedAt < planned - TOLERANCE_MS
      ? `${jobId} of ${time(planned)} was started by ${label} at ${time(startedAt)}`
      : [];
  });
}
