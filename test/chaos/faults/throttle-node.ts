import type { Fault } from './fault.js';

/** A container that has used up its share of the processor stands still for moments, wherever it happens to be. */
export const throttleNode: Fault = {
  kind: 'throttle',
  weight: 5,
  atOnce: 2,
  disturbsStore: false,
  isPossible: ({ fleet }) => fleet.well.length > 1,
  async strike(world, random) {
    const until = Date.now() + random.between(2000, 8000);
    await random.pick(world.fleet.well)?.throttle(
      until,
      () => ({ away: random.between(2, 90), back: random.between(2, 60) }),
      (ms) => world.pause(ms),
    );
  },
};
