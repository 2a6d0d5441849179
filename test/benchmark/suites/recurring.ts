import { OURS } from '../harness/bench.js';
import type { Bench } from '../harness/bench.js';
import type { Figures } from '../harness/protocol.js';
import type { Row, Suite } from '../suite.js';

/** Where to begin to look, in jobs. */
const START = 4000;

const GOAL = 30_000;
const LATENESS_MS = 1000;

/** Of the fires that were due in the time. Less means that instants were merged or put off. */
const LEAST_SHARE = 0.99;

const WORKLOAD = 'every-second';

/** A search that has not ended by then ends there: so many jobs that something else is the limit. */
const MOST = 200_000;

/** How many jobs can be due at each whole second so that all fire on time. */
export const recurring: Suite = {
  name: 'recurring',
  async *measure(bench): AsyncGenerator<Row> {
    const found = await mostJobs(bench, OURS);
    const seconds = bench.either(30, 5);
    const samples = await bench.compare({
      [OURS]: () => bench.run(OURS, WORKLOAD, { count: found, seconds }),
    });
    const { perSecond, p99 } = samples[OURS] ?? {};
    if (!perSecond || !p99) {
      throw new Error('Nothing was measured.');
    }
    const bullmq = bench.quick || bench.redisUrl === null ? null : await mostJobs(bench, 'bullmq');
    yield {
      suite: 'recurring',
      case: `fires recorded, ${found} jobs each second`,
      ours: perSecond.median,
      unit: 'fires/s',
      peers: { bullmq },
      ratio: bullmq === null ? null : perSecond.median / bullmq,
      goal: GOAL,
      met: perSecond.median >= GOAL && p99.median < LATENESS_MS,
      spread: [perSecond.low, perSecond.high],
    };
    yield {
      suite: 'recurring',
      case: 'their lateness, p99',
      ours: p99.median,
      unit: 'ms',
      peers: {},
      ratio: null,
      goal: LATENESS_MS,
      met: p99.median < LATENESS_MS,
      spread: [p99.low, p99.high],
    };
  },
};

/** Half as many until it goes well, twice as many as long as it does, then something in between. */
async function mostJobs(bench: Bench, name: string): Promise<number> {
  const goesWell = async (count: number): Promise<boolean> =>
    isOnTime(await bench.run(name, WORKLOAD, { count, seconds: bench.either(8, 3) }), count);
  let good = START;
  while (!bench.isOutOfTime() && !(await goesWell(good))) {
    good /= 2;
  }
  while (good < MOST && !bench.isOutOfTime() && (await goesWell(good * 2))) {
    good *= 2;
  }
  for (const share of bench.either([1.5, 1.25], [])) {
    if (await goesWell(good * share)) {
      good *= share;
    }
  }
  return Math.round(good);
}

function isOnTime({ p99 = Infinity, perSecond = 0 }: Figures, count: number): boolean {
  return p99 < LATENESS_MS && perSecond >= count * LEAST_SHARE;
}
