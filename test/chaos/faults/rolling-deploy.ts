import type { Job } from '../../../lib/index.js';
import { rhythmOf } from '../rhythm.js';
import { DECLARED_CHANGING } from '../workload/add-workload.js';
import type { World } from '../world.js';
import type { Fault } from './fault.js';

const LOOK_EVERY_MS = 50;

/** The next release comes up one process at a time, with other declarations. */
export const rollingDeploy: Fault = {
  kind: 'rolling-deploy',
  weight: 1,
  atOnce: 1,
  disturbsStore: false,
  isPossible: () => true,
  async strike(world, random) {
    const changing = world.book.recurring.get(DECLARED_CHANGING);
    changing?.doubtful();
    world.fleet.release += 1;
    await replaceAll(world);
    const job = await world.insist<Job>(random, null, 'getJob', DECLARED_CHANGING);
    if (job) {
      changing?.activeBy(rhythmOf(job.trigger));
    }
  },
};

/** Until no process is left of an earlier release: a new one is asked to go only once the one before it is replaced. */
async function replaceAll(world: World): Promise<void> {
  const { fleet } = world;
  for (;;) {
    const old = fleet.alive.filter(({ settings }) => settings.release < fleet.release);
    if (old.length === 0 && fleet.well.some(({ settings }) => settings.release === fleet.release)) {
      return;
    }
    const next = old.find((node) => node.isWell);
    await (next ? next.stop() : world.pause(LOOK_EVERY_MS));
    while (fleet.well.length === 0) {
      await world.pause(LOOK_EVERY_MS);
    }
  }
}
