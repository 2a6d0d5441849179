import type { Bench, Samples } from '../harness/bench.js';
import { OURS } from '../harness/bench.js';
import type { Figures } from '../harness/protocol.js';
import type { Row, Suite } from '../suite.js';

const PROCESSES = [1, 2, 4];

/** How much of the throughput of one process several must keep that share a database and the cores with it. */
const SHARE = 0.85;

/** For all processes to be there. */
const GATHER_MS = 6000;

/** The same jobs for one, two and four processes of the application. */
export const nodes: Suite = {
  name: 'nodes',
  async *measure(bench) {
    const due = bench.either(50_000, 5000);
    const drained = await bench.compare(byProcesses((count) => drainWith(bench, count, due)));
    yield* rows(`drain ${due} due jobs`, 'runs/s', drained);
    const jobs = bench.either(5000, 1000);
    const fired = await bench.compare(byProcesses((count) => fireWith(bench, count, jobs)));
    yield* rows(`${jobs} jobs each second`, 'fires/s', fired);
  },
};

function byProcesses(
  work: (count: number) => Promise<Figures>,
): Record<string, () => Promise<Figures>> {
  return Object.fromEntries(PROCESSES.map((count) => [nameOf(count), () => work(count)]));
}

function nameOf(count: number): string {
  return count === 1 ? OURS : `ours x ${count}`;
}

async function drainWith(bench: Bench, processes: number, due: number): Promise<Figures> {
  return bench.withDatabase(async (url) => {
    await bench.runOn(url, OURS, 'prepare', { due, everySecond: 0 });
    const from = Date.now() + GATHER_MS;
    const shares = await together(processes, () => bench.runOn(url, OURS, 'share-drain', { from }));
    // A process that came too late to get anything says nothing of time.
    const busy = shares.filter((share) => share.count);
    const firstAt = Math.min(...busy.map((share) => share.firstAt ?? Number.NaN));
    const lastAt = Math.max(...busy.map((share) => share.lastAt ?? Number.NaN));
    const count = total(shares);
    if (count !== due) {
      throw new Error(`${count} jobs ran instead of ${due}.`);
    }
    return { perSecond: (count * 1000) / (lastAt - firstAt) };
  });
}

async function fireWith(bench: Bench, processes: number, jobs: number): Promise<Figures> {
  const seconds = bench.either(20, 3);
  return bench.withDatabase(async (url) => {
    await bench.runOn(url, OURS, 'prepare', { due: 0, everySecond: jobs });
    const from = Math.ceil((Date.now() + GATHER_MS) / 1000) * 1000;
    const to = from + seconds * 1000;
    const shares = await together(processes, () =>
      bench.runOn(url, OURS, 'share-seconds', { from, to }),
    );
    return { perSecond: total(shares) / seconds };
  });
}

function together(count: number, run: () => Promise<Figures>): Promise<Figures[]> {
  return Promise.all(Array.from({ length: count }, run));
}

function total(shares: readonly Figures[]): number {
  return shares.reduce((sum, { count = 0 }) => sum + count, 0);
}

function* rows(
  title: string,
  unit: string,
  samples: Readonly<Record<string, Samples>>,
): Generator<Row> {
  const alone = samples[OURS]?.perSecond?.median ?? Number.NaN;
  for (const count of PROCESSES.slice(1)) {
    const perSecond = samples[nameOf(count)]?.perSecond;
    if (perSecond) {
      yield {
        suite: 'nodes',
        case: `${title}, ${count} processes`,
        ours: perSecond.median,
        unit,
        peers: { 'one process': alone },
        ratio: perSecond.median / alone,
        goal: alone * SHARE,
        met: perSecond.median >= alone * SHARE,
        spread: [perSecond.low, perSecond.high],
      };
    }
  }
}
