import type { Attempt, Bench, Samples } from '../harness/bench.js';
import { OURS } from '../harness/bench.js';
import type { Figures } from '../harness/protocol.js';
import { Preload } from '../harness/preload.js';
import type { Row, Suite } from '../suite.js';
import type { Filling } from './fillings.js';
import { FILLINGS } from './fillings.js';

interface Case {
  readonly title: string;
  readonly filling: Filling;
  readonly count: number;
}

const NONE: Case = { title: 'nothing else', filling: 'none', count: 0 };

const CASES: readonly Case[] = [
  NONE,
  { title: '100,000 jobs of later', filling: 'future', count: 100_000 },
  { title: '1,000,000 jobs of later', filling: 'future', count: 1_000_000 },
  { title: '1,000,000 overdue jobs of others', filling: 'foreign', count: 1_000_000 },
  { title: '10,000,000 finished runs', filling: 'finished', count: 10_000_000 },
];

const QUICK_CASES: readonly Case[] = [
  NONE,
  { title: '100,000 jobs of later', filling: 'future', count: 100_000 },
];

const PEERS = ['graphile-worker', 'pg-boss'];

/** Of the throughput with nothing else stored. */
const SHARE = 0.95;

/** What two measurements of the same differ by. */
const SAME_MS = 1;

/** Whether a scheduler gets slower by what is stored and not due. */
export const stored: Suite = {
  name: 'stored',
  async *measure(bench): AsyncGenerator<Row> {
    let baseline: Samples | undefined;
    for (const each of bench.either(CASES, QUICK_CASES)) {
      const samples = await measureCase(bench, each);
      const ours = samples[OURS];
      if (!ours) {
        throw new Error('Nothing was measured.');
      }
      baseline ??= ours;
      yield* rows(each, samples, ours, baseline);
    }
  },
};

async function measureCase(
  bench: Bench,
  { filling, count }: Case,
): Promise<Record<string, Samples>> {
  const able = [OURS, ...bench.either(PEERS, PEERS.slice(0, 1))].filter(
    (name) => filling === 'none' || FILLINGS[name]?.[filling],
  );
  const withFilled = async (
    names: readonly string[],
    attempts: Record<string, Attempt>,
  ): Promise<Record<string, Samples>> => {
    const [name, ...others] = names;
    if (name === undefined) {
      return bench.compare(attempts);
    }
    return bench.withDatabase(async (pattern) => {
      await bench.runOn(pattern, name, 'prepare', { due: 0, later: 1, everySecond: 0 });
      // Leaves a finished run, as a pattern for others.
      await bench.runOn(pattern, name, 'drain', { count: 1 });
      await Preload.into(pattern, async (preload) => FILLINGS[name]?.[filling]?.(preload, count));
      const attempt = (): Promise<Figures> => once(bench, name, pattern);
      return withFilled(others, { ...attempts, [name]: attempt });
    });
  };
  return withFilled(able, {});
}

/** Both on a copy of the same filled database. */
async function once(bench: Bench, name: string, pattern: string): Promise<Figures> {
  const drained = await bench.withDatabase(
    (url) => bench.runOn(url, name, 'drain', { count: bench.either(50_000, 5000) }),
    pattern,
  );
  const shots = bench.either({ count: 100, seconds: 5 }, { count: 40, seconds: 2 });
  const late = await bench.withDatabase(
    (url) => bench.runOn(url, name, 'one-shots', { ...shots, seed: 3 }),
    pattern,
  );
  return { perSecond: drained.perSecond ?? Number.NaN, p99: late.p99 ?? Number.NaN };
}

function* rows(
  { title }: Case,
  samples: Readonly<Record<string, Samples>>,
  ours: Samples,
  baseline: Samples,
): Generator<Row> {
  const of = (figure: string): Row['peers'] =>
    Object.fromEntries(PEERS.map((name) => [name, samples[name]?.[figure]?.median ?? null]));
  const { perSecond, p99 } = ours;
  const before = { perSecond: baseline.perSecond?.median, p99: baseline.p99?.median };
  if (!perSecond || !p99 || before.perSecond === undefined || before.p99 === undefined) {
    throw new Error('Nothing was measured.');
  }
  const rate = before.perSecond * SHARE;
  yield {
    suite: 'stored',
    case: `drain, ${title}`,
    ours: perSecond.median,
    unit: 'runs/s',
    peers: of('perSecond'),
    ratio: perSecond.median / before.perSecond,
    goal: rate,
    met: perSecond.median >= rate,
    spread: [perSecond.low, perSecond.high],
  };
  const lateness = before.p99 + SAME_MS;
  yield {
    suite: 'stored',
    case: `lateness p99, ${title}`,
    ours: p99.median,
    unit: 'ms',
    peers: of('p99'),
    ratio: p99.median / before.p99,
    goal: lateness,
    met: p99.median <= lateness,
    spread: [p99.low, p99.high],
  };
}
