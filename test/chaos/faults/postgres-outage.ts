import { isLong } from '../options.js';
import type { Fault } from './fault.js';

/** Each third time it is for long, from the first on. */
const LONG_EVERY = 3;

const HALF_A_MINUTE_MS = 30_000;

/** The server is away for a while, if the run has time for that, now and then for longer than leases last. */
export const postgresOutage: Fault = {
  kind: 'outage',
  weight: 1,
  atOnce: 1,
  disturbsStore: true,
  isPossible: () => true,
  async strike(world, random, turn) {
    const isForLong = isLong(world.options) && turn % LONG_EVERY === 0;
    await world.server.stop('fast');
    try {
      await world.pause(isForLong ? HALF_A_MINUTE_MS : random.between(1500, 5000));
    } finally {
      await world.server.start();
    }
  },
};
