import { isLong } from '../options.js';
import type { Random } from '../random.js';
import type { Fault } from './fault.js';

/** Each third time it is for long, from the first on. */
const LONG_EVERY = 3;

const HALF_A_MINUTE_MS = 30_000;

/** A machine that is suspended, or a process that does not get the processor: for less than a lease, or more. */
export const freezeNode: Fault = {
  kind: 'freeze',
  weight: 3,
  atOnce: 2,
  disturbsStore: false,
  isPossible: ({ fleet }) => fleet.well.length > 1,
  async strike(world, random, turn) {
    const isForLong = turn % LONG_EVERY === 0;
    const duration = isForLong ? longFreeze(isLong(world.options), random) : shortFreeze(random);
    const node = random.pick(world.fleet.well);
    node?.freeze();
    try {
      await world.pause(duration);
    } finally {
      node?.thaw();
    }
  },
};

/** Much longer than a lease, as far as the run has time for that. */
function longFreeze(hasTime: boolean, random: Random): number {
  return hasTime ? HALF_A_MINUTE_MS : random.between(11_500, 13_500);
}

/** A hiccup, or about as long as a lease. */
function shortFreeze(random: Random): number {
  return random.chance(0.5) ? random.between(300, 5000) : random.between(8500, 11_500);
}
