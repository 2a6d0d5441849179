import { OURS } from '../harness/bench.js';
import type { Suite } from '../suite.js';
import { attempts, standing } from './standing.js';

/** It asks a database of another kind, and does not ask it: it waits for it. */
const WITHOUT_STATEMENTS = 'bullmq';

const RIVAL = 'graphile-worker';
const PEERS = [RIVAL, 'pg-boss', 'agenda', WITHOUT_STATEMENTS];

/** One in three seconds. */
const STATEMENTS_GOAL = 20;

const COUNT = 1000;

/** What a process costs that has nothing to do. */
export const idle: Suite = {
  name: 'idle',
  async *measure(bench) {
    const settings = { count: COUNT, seconds: bench.either(60, 20) };
    // Who waits for a minute disturbs nobody, so all wait at once.
    const samples = await bench.compareAtOnce(attempts(bench, [OURS, ...PEERS], 'idle', settings));
    const contest = { suite: 'idle', samples, rival: RIVAL, better: 'less' } as const;
    yield standing({
      ...contest,
      case: `${COUNT} jobs of later, statements`,
      unit: '/min',
      figure: 'statementsPerMinute',
      peers: PEERS.filter((name) => name !== WITHOUT_STATEMENTS),
      goal: () => STATEMENTS_GOAL,
    });
    yield standing({
      ...contest,
      case: `${COUNT} jobs of later, CPU`,
      unit: 'CPU s/min',
      figure: 'cpuSecondsPerMinute',
      peers: PEERS,
      goal: () => null,
    });
  },
};
