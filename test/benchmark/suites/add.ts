import { OURS } from '../harness/bench.js';
import type { Bench } from '../harness/bench.js';
import type { Row, Suite } from '../suite.js';
import { attempts, standing } from './standing.js';

const PEERS = ['graphile-worker', 'pg-boss', 'bullmq'];

/** Ours looks through every definition and plans its first instant. */
const BULK_GOAL = 0.7;

const RIVAL = 'graphile-worker';

/** How fast jobs of later are stored. */
export const add: Suite = {
  name: 'add',
  async *measure(bench) {
    yield await row(bench, 'add-bulk', bench.either(50_000, 10_000), BULK_GOAL);
    yield await row(bench, 'add-single', bench.either(2000, 300), null);
  },
};

async function row(
  bench: Bench,
  workload: string,
  count: number,
  share: number | null,
): Promise<Row> {
  const samples = await bench.compare(attempts(bench, [OURS, ...PEERS], workload, { count }));
  return standing({
    suite: 'add',
    case: `${workload}, ${count} jobs`,
    unit: 'jobs/s',
    samples,
    figure: 'perSecond',
    peers: PEERS,
    rival: RIVAL,
    goal: (theirs) => (share === null ? null : theirs * share),
    better: 'more',
  });
}
