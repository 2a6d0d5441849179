import type { Evidence } from '../ledger/evidence.js';
import { claimsOf } from './claims.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** A handler is called only for a run that is on record as running, in that very attempt. */
export function startedWithoutClaim(evidence: Evidence): Breach[] {
  return evidence.attempts.flatMap(({ jobId, runId, scheduledAt, attempt, label, startedAt }) => {
    const isClaimed = claimsOf(evidence, runId).some(
      (claim) => claim.attempt === attempt && claim.from <= startedAt,
    );
    return isClaimed
      ? []
      : `${jobId} of ${time(scheduledAt)}, attempt ${attempt}, was started by ${label} at ${time(startedAt)}`;
  });
}
