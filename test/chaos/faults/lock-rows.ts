import type { Fault } from './fault.js';
import { holdLocks } from './hold-locks.js';

/** Somebody looks at rows of the scheduler with locks, and goes for a coffee. */
export const lockRows: Fault = {
  kind: 'lock-rows',
  weight: 2,
  atOnce: 2,
  disturbsStore: true,
  isPossible: () => true,
  async strike(world, random) {
    const share = random.pick([0.1, 0.5, 1]) ?? 1;
    const tables = random.shuffled(['due', 'run', 'job']).slice(0, random.between(1, 3));
    const statements = tables.map((table) => {
      const live = table === 'run' ? `state in ('queued', 'running') and` : '';
      return `select from scheduler.${table} where ${live} random() < ${share} for update skip locked`;
    });
    await holdLocks(world, statements, random.between(500, 6000));
  },
};
