import { isDeepStrictEqual } from 'node:util';
import type { Evidence } from '../ledger/evidence.js';
import type { EffectRow, RunRow } from '../ledger/rows.js';
import type { Breach } from './check.js';

/**
 * What a run did in the transaction in which it was completed has happened once if the run succeeded, by the attempt that
 * is on record, and otherwise not at all.
 */
export function effectsAstray(evidence: Evidence): Breach[] {
  const known = new Set(evidence.runs.map(({ runId }) => runId));
  const ofNobody = evidence.effects.filter(({ runId }) => !known.has(runId));
  return [
    ...ofNobody.map(({ runId, label }) => `${runId}: ${label} left an effect, and no record`),
    ...evidence.runs.flatMap((run) => judge(run, evidence.effectsByRun.get(run.runId) ?? [])),
  ];
}

function judge(
  { jobId, runId, handler, state, attempt }: RunRow,
  effects: readonly EffectRow[],
): Breach[] {
  const expected = handler === 'effect' && state === 'succeeded' ? [attempt] : [];
  const found = effects.map((effect) => effect.attempt);
  return isDeepStrictEqual(found, expected)
    ? []
    : [
        `${jobId} ${runId}, ${state} by attempt ${attempt}, has the effects of attempts [${found.join(', ')}]`,
      ];
}
