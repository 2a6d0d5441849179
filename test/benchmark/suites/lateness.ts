import { OURS } from '../harness/bench.js';
import type { Samples } from '../harness/bench.js';
import type { Row, Suite } from '../suite.js';
import { attempts, standing } from './standing.js';

const TIMERS = 'bare timers';

/** In the order in which a quick run may leave some out. */
const PEERS = [TIMERS, 'bullmq', '@nestjs/schedule', 'graphile-worker', 'pg-boss', 'agenda'];

/** These have schedules of minutes only. */
const WITHOUT_SECONDS = new Set(['graphile-worker', 'pg-boss']);

/** Milliseconds that a job in Postgres may start later than a timer of Node, which keeps nothing. */
const GOALS: Readonly<Record<string, number | null>> = { p50: 1, p99: 4, max: null };

/** How late handlers begin. */
export const lateness: Suite = {
  name: 'lateness',
  async *measure(bench) {
    const shots = bench.either({ count: 200, seconds: 10 }, { count: 50, seconds: 2 });
    const oneShots = await bench.compare(
      attempts(bench, [OURS, ...PEERS], 'one-shots', { ...shots, seed: 7 }),
    );
    yield* rows(`${shots.count} one-shots in ${shots.seconds} s`, oneShots);

    const jobs = { count: 50, seconds: bench.either(20, 3) };
    const able = PEERS.filter((name) => !WITHOUT_SECONDS.has(name));
    const crons = await bench.compare(attempts(bench, [OURS, ...able], 'every-second', jobs));
    yield* rows(`${jobs.count} crons each second, ${jobs.seconds} s`, crons);
  },
};

function* rows(title: string, samples: Readonly<Record<string, Samples>>): Generator<Row> {
  for (const [figure, more] of Object.entries(GOALS)) {
    yield standing({
      suite: 'lateness',
      case: `${title}, ${figure}`,
      unit: 'ms',
      samples,
      figure,
      peers: PEERS,
      rival: TIMERS,
      goal: (timers) => (more === null ? null : timers + more),
      better: 'less',
    });
  }
}
