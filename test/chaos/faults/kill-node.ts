import type { Fault } from './fault.js';

/** What power cuts and the kernel's memory killer do. The fleet starts another process. */
export const killNode: Fault = {
  kind: 'kill',
  weight: 4,
  atOnce: 2,
  disturbsStore: false,
  isPossible: ({ fleet }) => fleet.well.length > 1,
  async strike({ fleet }, random) {
    const node = random.pick(fleet.well);
    node?.kill();
    await node?.gone;
  },
};
