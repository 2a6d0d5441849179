import { ALL_CHECKS } from './checks/all-checks.js';
import type { Recovery } from './checks/losses.js';
import { recoveries } from './checks/losses.js';
import { claimOf } from './checks/claims.js';
import type { Evidence } from './ledger/evidence.js';
import type { Stroke } from './journal.js';
import type { ChaosOptions } from './options.js';
import type { World } from './world.js';

const EXAMPLES = 5;

interface BreachReport {
  readonly count: number;
  readonly examples: readonly string[];
}

type Counts = Readonly<Record<string, number>>;

/** What a run of the harness has to say. */
export interface Report {
  readonly ok: boolean;
  readonly seed: number;
  readonly seconds: number;
  readonly nodes: number;
  readonly sabotage: ChaosOptions['sabotage'];
  readonly store: ChaosOptions['store'];
  /** Instants that jobs were moved past: recorded one by one, or in ranges. */
  readonly fires: number;
  /** Records by state. */
  readonly runs: Counts;
  /** Calls of handlers, by how they ended; `cut-off`: with their process, or taken by others. */
  readonly attempts: Counts;
  /** How many attempts were begun after their claim was lost: their outcome does not count. */
  readonly startedTooLateToCount: number;
  readonly faults: Counts;
  /** How long the longest of each kind lasted, in milliseconds. */
  readonly longestFaults: Counts;
  readonly faultsCutShort: Counts;
  readonly connectionsTerminated: number;
  readonly processes: Counts;
  readonly operations: Counts;
  readonly oneShots: Counts;
  readonly events: Counts;
  /** Milliseconds from the loss of a node until what it held went on. */
  readonly recovery: {
    readonly longest: number | null;
    readonly runs: number;
    readonly longestUnderOtherFaults: number | null;
    readonly runsUnderOtherFaults: number;
  };
  readonly breaches: Readonly<Record<string, BreachReport>>;
}

export function makeReport(world: World, evidence: Evidence): Report {
  const { journal, options } = world;
  const breaches = Object.fromEntries(
    Object.entries(ALL_CHECKS).map(([name, check]) => {
      const found = check(evidence);
      return [name, { count: found.length, examples: found.slice(0, EXAMPLES) }];
    }),
  );
  const recovered = recoveries(evidence);
  const undisturbed = recovered.filter(({ isUndisturbed }) => isUndisturbed);
  const disturbed = recovered.filter(({ isUndisturbed }) => !isUndisturbed);
  return {
    ok: Object.values(breaches).every(({ count }) => count === 0),
    seed: options.seed,
    seconds: options.seconds,
    nodes: options.nodes,
    sabotage: options.sabotage,
    store: options.store,
    fires: evidence.runs.reduce((sum, { seq, count }) => sum + (seq === 0 ? count : 0), 0),
    runs: counted(evidence.runs.map(({ state }) => state)),
    attempts: counted(evidence.attempts.map(({ how }) => how ?? 'cut-off')),
    startedTooLateToCount: evidence.attempts.filter(
      ({ runId, attempt, startedAt }) =>
        startedAt > (claimOf(evidence, runId, attempt, startedAt)?.until ?? Infinity),
    ).length,
    faults: journal.countsOf('faults'),
    longestFaults: longestOf(journal.strokes),
    faultsCutShort: journal.countsOf('faults cut short'),
    connectionsTerminated: journal.countsOf('connections')['terminated'] ?? 0,
    processes: journal.countsOf('processes'),
    operations: journal.countsOf('operations'),
    oneShots: journal.countsOf('one-shots'),
    events: journal.countsOf('events'),
    recovery: {
      longest: longest(undisturbed),
      runs: undisturbed.length,
      longestUnderOtherFaults: longest(disturbed),
      runsUnderOtherFaults: disturbed.length,
    },
    breaches,
  };
}

function longest(found: readonly Recovery[]): number | null {
  return found.length === 0
    ? null
    : Math.round(Math.max(...found.map(({ durationMs }) => durationMs)));
}

function longestOf(strokes: readonly Stroke[]): Counts {
  const durations: Record<string, number> = {};
  for (const { kind, from, until } of strokes) {
    durations[kind] = Math.max(durations[kind] ?? 0, until - from);
  }
  return durations;
}

function counted(kinds: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const kind of kinds) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
