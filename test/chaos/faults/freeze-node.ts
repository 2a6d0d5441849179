import { isLong } from '../options.js';
import type { Fault } from './fault.js';

/** A machine that is suspended, or a process that does not get the processor: for less than a lease, or more. */
export const freezeNode: Fault = {
  kind: 'freeze',
  weight: 3,
  atOnce: 2,
  disturbsStore: false,
  isPossible: ({ fleet }) => fleet.well.length > 1,
  async strike(world, random) {
    const longest = isLong(world.options) ? 30_000 : 13_000;
    const duration = random.chance(0.5) ? random.between(300, 5000) : random.between(9000, longest);
    const node = random.pick(world.fleet.well);
    node?.freeze();
    try {
      await world.pause(duration);
    } finally {
      node?.thaw();
    }
  },
};
