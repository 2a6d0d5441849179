import type { Fault } from './fault.js';

/** A platform moves an application: it is asked to close, and started elsewhere. */
export const restartNode: Fault = {
  kind: 'graceful-restart',
  weight: 2,
  atOnce: 1,
  disturbsStore: false,
  isPossible: ({ fleet }) => fleet.well.length > 1,
  async strike({ fleet }, random) {
    await random.pick(fleet.well)?.stop();
  },
};
