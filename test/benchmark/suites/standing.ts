import { OURS } from '../harness/bench.js';
import type { Attempt, Bench, Samples } from '../harness/bench.js';
import type { Settings } from '../harness/protocol.js';
import type { Row } from '../suite.js';

/** One figure of ours, to be set beside that of others. */
export interface Contest {
  readonly suite: string;
  readonly case: string;
  readonly unit: string;
  readonly samples: Readonly<Record<string, Samples>>;
  /** Its name among the figures of the workload. */
  readonly figure: string;
  readonly peers: readonly string[];
  /** Whom the goal is about. */
  readonly rival: string;
  /** What ours is to be, from what the rival reached. */
  readonly goal: (rival: number) => number | null;
  readonly better: 'more' | 'less';
}

/** Only over Redis: left out where there is none. */
const NEEDS_REDIS = new Set(['bullmq']);

/** A workload, for each of some contestants. */
export function attempts(
  bench: Bench,
  names: readonly string[],
  workload: string,
  settings: Settings,
): Record<string, Attempt> {
  const present = names.filter((name) => bench.redisUrl !== null || !NEEDS_REDIS.has(name));
  return Object.fromEntries(
    present.map((name) => [name, () => bench.run(name, workload, settings)]),
  );
}

/** The row of a contest. Where the rival was not there to be met, there is no goal either. */
export function standing(contest: Contest): Row {
  const { samples, figure, rival, better } = contest;
  const ours = samples[OURS]?.[figure];
  if (ours === undefined) {
    throw new Error(`Nothing was measured of ${figure}.`);
  }
  const reached = (name: string): number | null => samples[name]?.[figure]?.median ?? null;
  const theirs = reached(rival);
  const goal = theirs === null ? null : contest.goal(theirs);
  return {
    suite: contest.suite,
    case: contest.case,
    ours: ours.median,
    unit: contest.unit,
    peers: Object.fromEntries(contest.peers.map((name) => [name, reached(name)])),
    ratio: theirs === null ? null : ours.median / theirs,
    goal,
    met: goal === null || (better === 'more' ? ours.median >= goal : ours.median <= goal),
    spread: [ours.low, ours.high],
  };
}
