import { OURS } from '../harness/bench.js';
import type { Attempt, Bench } from '../harness/bench.js';
import type { Row, Suite } from '../suite.js';

const FULL = 50_000;

/**
 * How many due jobs each has to run. What some need minutes for they are given less of: they are no slower with less.
 */
const COUNTS: Readonly<Record<string, number>> = {
  [OURS]: FULL,
  'graphile-worker': FULL,
  'pg-boss': FULL,
  bullmq: FULL,
  agenda: 2000,
};

const QUICK_SHARE = 0.2;

/** Batched as it can be, it has no history; ours has. */
const WANTED = { 'graphile-worker': 1, 'pg-boss': 15 };

/** Due one-shot jobs with a handler that does nothing, in one process. */
export const drain: Suite = {
  name: 'drain',
  async *measure(bench) {
    const samples = await bench.compare(attemptsOf(bench));
    const ours = samples[OURS]?.perSecond;
    if (!ours) {
      return;
    }
    const rate = (name: string): number | null => samples[name]?.perSecond?.median ?? null;
    const peers = Object.fromEntries(
      Object.keys(COUNTS)
        .filter((name) => name !== OURS)
        .map((name) => [name, rate(name)]),
    );
    for (const [name, factor] of Object.entries(WANTED)) {
      const theirs = rate(name);
      const goal = theirs === null ? null : theirs * factor;
      const row: Row = {
        suite: 'drain',
        case: `${bench.either(FULL, FULL * QUICK_SHARE)} due jobs, beside ${name}`,
        ours: ours.median,
        unit: 'runs/s',
        peers,
        ratio: theirs === null ? null : ours.median / theirs,
        goal,
        met: goal === null || ours.median >= goal,
        spread: [ours.low, ours.high],
      };
      yield row;
    }
  },
};

function attemptsOf(bench: Bench): Record<string, Attempt> {
  const present = Object.entries(COUNTS).filter(([name]) => name !== 'bullmq' || bench.redisUrl);
  return Object.fromEntries(
    present.map(([name, full]) => [
      name,
      () => bench.run(name, 'drain', { count: bench.either(full, full * QUICK_SHARE) }),
    ]),
  );
}
