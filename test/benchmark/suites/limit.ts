import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OURS } from '../harness/bench.js';
import type { Suite } from '../suite.js';

const COUNT = 50_000;
const QUICK_COUNT = 10_000;

/** Share of what the server could do with these statements. The rest is what the scheduler itself costs. */
const GOAL = 0.6;

const LIMIT = 'bare pg client';

/**
 * Drains once and writes down all statements, then lets a bare client send the same: what this machine, this server
 * and these statements allow.
 */
export const limit: Suite = {
  name: 'limit',
  async *measure(bench) {
    const count = bench.either(COUNT, QUICK_COUNT);
    const folder = await mkdtemp(join(tmpdir(), 'durable-scheduler-bench-'));
    const log = join(folder, 'statements.jsonl');
    try {
      await bench.run(OURS, 'drain', { count, log });
      const samples = await bench.compare({
        [OURS]: () => bench.run(OURS, 'drain', { count }),
        [LIMIT]: () => bench.run(LIMIT, 'replay', { count, log }),
      });
      const ours = samples[OURS]?.perSecond;
      const most = samples[LIMIT]?.perSecond;
      if (!ours || !most) {
        throw new Error('There is no limit to compare with.');
      }
      yield {
        suite: 'limit',
        case: `drain ${count} due jobs`,
        ours: ours.median,
        unit: 'runs/s',
        peers: { [LIMIT]: most.median },
        ratio: ours.median / most.median,
        goal: GOAL * most.median,
        met: ours.median >= GOAL * most.median,
        spread: [ours.low, ours.high],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
