import { OURS } from '../harness/bench.js';
import type { Attempt, Bench } from '../harness/bench.js';
import type { Row, Suite } from '../suite.js';
import { attempts, standing } from './standing.js';

const FULL = 50_000;
const QUICK = 10_000;

/** Would take minutes over as many. It is no slower with few. */
const SLOW_PEER = 'agenda';
const SLOW_SHARE = 0.04;

const PEERS = ['graphile-worker', 'pg-boss', 'bullmq', SLOW_PEER];

/** How many times as fast as whom. graphile-worker keeps no history, ours does. */
const GOALS = { 'graphile-worker': 1, 'pg-boss': 15 };

/** Memory must not grow with what waits. */
const MANY = 1_000_000;
const RESIDENT_GOAL_MB = 300;

/** Due one-shot jobs with a handler that does nothing, in one process. */
export const drain: Suite = {
  name: 'drain',
  async *measure(bench): AsyncGenerator<Row> {
    const count = bench.either(FULL, QUICK);
    const few = { count: count * SLOW_SHARE };
    const all: Record<string, Attempt> = {
      ...attempts(bench, [OURS, ...PEERS], 'drain', { count }),
      ...attempts(bench, [SLOW_PEER], 'drain', few),
    };
    const samples = await bench.compare(all);
    for (const [rival, factor] of Object.entries(GOALS)) {
      yield standing({
        suite: 'drain',
        case: `${count} due jobs, beside ${rival}`,
        unit: 'runs/s',
        samples,
        figure: 'perSecond',
        peers: PEERS,
        rival,
        goal: (theirs) => theirs * factor,
        better: 'more',
      });
    }
    if (!bench.quick) {
      yield await memoryRow(bench);
    }
  },
};

async function memoryRow(bench: Bench): Promise<Row> {
  const { residentMegabytes = Number.NaN } = await bench.withDatabase(async (url) => {
    await bench.runOn(url, OURS, 'prepare', { due: MANY, everySecond: 0 });
    return bench.runOn(url, OURS, 'share-drain', { from: Date.now() });
  });
  return {
    suite: 'drain',
    case: `resident memory while ${MANY} jobs are drained`,
    ours: residentMegabytes,
    unit: 'MB',
    peers: {},
    ratio: null,
    goal: RESIDENT_GOAL_MB,
    met: residentMegabytes < RESIDENT_GOAL_MB,
  };
}
