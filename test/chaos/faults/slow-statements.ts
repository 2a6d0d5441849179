import type { Fault } from './fault.js';
import { holdLocks } from './hold-locks.js';

/** Everything that the scheduler writes takes seconds, as on an overloaded server. */
export const slowStatements: Fault = {
  kind: 'slow-statements',
  weight: 2,
  atOnce: 1,
  disturbsStore: true,
  isPossible: () => true,
  async strike(world, random) {
    const table = random.pick(['run', 'due', 'node', 'job']) ?? 'run';
    const lock = `lock table scheduler.${table} in share row exclusive mode`;
    await holdLocks(world, [lock], random.between(300, 3500));
  },
};
