import { OURS } from '../harness/bench.js';
import type { Attempt, Bench } from '../harness/bench.js';
import type { Suite } from '../suite.js';
import { standing } from './standing.js';

const RIVAL = 'cron';
const PEERS = [RIVAL, 'croner', '@nestjs/schedule', 'node-schedule'];

const LATENESS_GOAL_MS = 25;
const CPU_GOAL_SHARE = 1 / 4;

/** Ten thousand jobs at each whole second, none of them kept. */
export const memoryStore: Suite = {
  name: 'memory-store',
  async *measure(bench) {
    const settings = { count: 10_000, seconds: bench.either(20, 4) };
    const samples = await bench.compare(attempts(bench, settings));
    const contest = { suite: 'memory-store', samples, peers: PEERS, rival: RIVAL } as const;
    yield standing({
      ...contest,
      case: `${settings.count} crons each second, p99 lateness`,
      unit: 'ms',
      figure: 'p99',
      goal: () => LATENESS_GOAL_MS,
      better: 'less',
    });
    yield standing({
      ...contest,
      case: `CPU over ${settings.seconds} s`,
      unit: 'CPU s',
      figure: 'cpuSeconds',
      goal: (theirs) => theirs * CPU_GOAL_SHARE,
      better: 'less',
    });
    yield standing({
      ...contest,
      case: 'resident memory',
      unit: 'MB',
      figure: 'residentMegabytes',
      goal: () => null,
      better: 'less',
    });
    yield standing({
      ...contest,
      case: 'handlers called',
      unit: 'calls/s',
      figure: 'perSecond',
      goal: () => null,
      better: 'more',
    });
  },
};

function attempts(
  bench: Bench,
  settings: { readonly count: number; readonly seconds: number },
): Record<string, Attempt> {
  const run = (name: string) => (): ReturnType<Attempt> =>
    bench.runOn(null, name, 'every-second', settings);
  return {
    [OURS]: run('ours in memory'),
    ...Object.fromEntries(PEERS.map((name) => [name, run(name)])),
  };
}
