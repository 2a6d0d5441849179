import type { Evidence } from '../ledger/evidence.js';
import type { ChangeRow } from '../ledger/rows.js';

/** A time in which a node had a run running, by the scheduler's own record. */
export interface Claim {
  readonly attempt: number;
  readonly from: number;
  /** When the record said otherwise, for whatever reason. */
  readonly until: number;
  readonly nodeId: string | null;
  readonly startAt: number | null;
}

/** The claims of a run, in order. */
export function claimsOf(evidence: Evidence, runId: string): Claim[] {
  const changes = evidence.changesByRun.get(runId) ?? [];
  return changes.flatMap((change, index) =>
    change.newState === 'running' ? toClaim(change, changes[index + 1]) : [],
  );
}

function toClaim(change: ChangeRow, following: ChangeRow | undefined): Claim {
  const { attempt, at, newNode, startAt } = change;
  return { attempt, from: at, until: following?.at ?? Infinity, nodeId: newNode, startAt };
}

/** The last claim for this attempt that was made before `startedAt`. Both times are the database's. */
export function claimOf(
  evidence: Evidence,
  runId: string,
  attempt: number,
  startedAt: number,
): Claim | undefined {
  return claimsOf(evidence, runId).findLast(
    (claim) => claim.attempt === attempt && claim.from <= startedAt,
  );
}
