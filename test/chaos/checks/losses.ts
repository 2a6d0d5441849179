import type { Evidence } from '../ledger/evidence.js';
import type { ChangeRow } from '../ledger/rows.js';
import type { NodeProcess } from '../node-process.js';
import { overlap } from '../span.js';

/** A lease of 10 s, and a second to notice, hand on and start. */
export const RECOVERY_LIMIT_MS = 11_000;

/** What a process that was killed had sent already may still arrive. */
const IN_FLIGHT_MS = 500;

/** A disturbance that has just ended still has the nodes wait. */
const AFTERMATH_MS = 3000;

/** What a lost process held, and how long it took until that went on. */
export interface Recovery {
  readonly process: NodeProcess;
  readonly kind: 'killed' | 'frozen';
  readonly lostAt: number;
  readonly runId: string;
  /** Infinity: it never went on. */
  readonly durationMs: number;
  /**
   * The store was in order, and a node that had been there for a while was well all the time. Otherwise nobody can tell
   * how long it should take.
   */
  readonly isUndisturbed: boolean;
}

interface Loss {
  readonly process: NodeProcess;
  readonly kind: 'killed' | 'frozen';
  readonly at: number;
}

export function recoveries(evidence: Evidence): Recovery[] {
  return evidence.processes.flatMap(lossesOf).flatMap((loss) => {
    const isUndisturbed = undisturbed(evidence, loss);
    return [...evidence.changesByRun].flatMap(([runId, changes]) => {
      const goesOnAt = goingOn(evidence, loss, changes);
      return goesOnAt === null
        ? []
        : {
            process: loss.process,
            kind: loss.kind,
            lostAt: loss.at,
            runId,
            durationMs: goesOnAt - loss.at,
            isUndisturbed,
          };
    });
  });
}

function lossesOf(process: NodeProcess): Loss[] {
  const frozen = process.freezes
    .filter(({ from, until }) => until - from > RECOVERY_LIMIT_MS)
    .map(({ from }): Loss => ({ process, kind: 'frozen', at: from }));
  const killed: Loss[] =
    process.ending === 'killed' && process.endedAt !== null
      ? [{ process, kind: 'killed', at: process.endedAt }]
      : [];
  return [...frozen, ...killed];
}

/** When a run that the process held went on with somebody else; `null` if it held no such run. */
function goingOn(evidence: Evidence, loss: Loss, changes: readonly ChangeRow[]): number | null {
  const index = changes.findLastIndex(({ at }) => at <= loss.at + IN_FLIGHT_MS);
  const held = changes[index];
  if (
    !held?.newNode ||
    (held.newState !== 'running' && held.newState !== 'queued') ||
    evidence.processOf.get(held.newNode) !== loss.process
  ) {
    return null;
  }
  const next = changes
    .slice(index + 1)
    .find(({ newState, newNode }) => newState !== 'queued' || newNode !== null);
  return next?.at ?? Infinity;
}

function undisturbed({ strokes, processes }: Evidence, loss: Loss): boolean {
  const window = { from: loss.at - AFTERMATH_MS, until: loss.at + RECOVERY_LIMIT_MS };
  const hasWitness = processes.some(
    (process) =>
      process !== loss.process &&
      process.service.from <= window.from &&
      process.service.until >= window.until &&
      ![...process.freezes, ...process.throttlings].some((span) => overlap(span, window)),
  );
  return hasWitness && !strokes.some((stroke) => stroke.disturbsStore && overlap(stroke, window));
}
