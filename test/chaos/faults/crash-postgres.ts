import type { Fault } from './fault.js';

/** The server crashes and comes back as soon as it can. */
export const crashPostgres: Fault = {
  kind: 'crash-postgres',
  weight: 1,
  atOnce: 1,
  disturbsStore: true,
  isPossible: () => true,
  async strike({ server }) {
    await server.stop('immediate');
    await server.start();
  },
};
