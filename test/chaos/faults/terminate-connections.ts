import { rowsOf } from '../../support/cluster/rows.js';
import type { Fault } from './fault.js';

/** An administrator, a proxy or a firewall ends the connections of the scheduler, several times in a row. */
export const terminateConnections: Fault = {
  kind: 'terminate-connections',
  weight: 3,
  atOnce: 1,
  disturbsStore: true,
  isPossible: () => true,
  async strike(world, random) {
    for (let left = random.between(1, 6); left > 0; left -= 1) {
      const ended = await rowsOf(
        world.url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name in ('nestjs-durable-scheduler', 'chaos-application') and random() < $1`,
        [random.pick([0.3, 1])],
      );
      world.journal.count('connections', 'terminated', ended.length);
      await world.pause(random.between(20, 500));
    }
  },
};
