import type { Evidence } from '../ledger/evidence.js';
import type { Breach } from './check.js';
import { time } from './check.js';
import { RECOVERY_LIMIT_MS, recoveries } from './losses.js';

/** What a killed or frozen node held goes on elsewhere within 11 s. */
export function slowRecovery(evidence: Evidence): Breach[] {
  return recoveries(evidence)
    .filter(({ isUndisturbed, durationMs }) => isUndisturbed && durationMs > RECOVERY_LIMIT_MS)
    .map(
      ({ process, kind, lostAt, runId, durationMs }) =>
        `${runId} of ${process.settings.label}, ${kind} at ${time(lostAt)}, went on after ${Math.round(durationMs)} ms`,
    );
}
