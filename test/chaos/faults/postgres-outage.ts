import { isLong } from '../options.js';
import type { Fault } from './fault.js';

/** The server is away for a while, in long runs for longer than leases last. */
export const postgresOutage: Fault = {
  kind: 'outage',
  weight: 1,
  atOnce: 1,
  disturbsStore: true,
  isPossible: () => true,
  async strike(world, random) {
    await world.server.stop('fast');
    try {
      await world.pause(random.between(1500, isLong(world.options) ? 30_000 : 5000));
    } finally {
      await world.server.start();
    }
  },
};
