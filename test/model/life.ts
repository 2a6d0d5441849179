import { at } from '../../lib/triggers/index.js';
import type { VirtualClock } from '../support/virtual-clock.js';
import { breachesOf } from './invariants.js';
import type { ModelStores } from './model-stores.js';
import type { Step } from './step.js';
import { World } from './world.js';

/** Long enough for every lease to end, every run to be handed on as often as allowed, and every chain to run out. */
const REST_MS = 240_000;

/** Takes a world through the steps, has it come to rest, and gives all that was not as it must be. */
export async function live(
  openStores: (clock: VirtualClock) => ModelStores,
  steps: readonly Step[],
): Promise<readonly string[]> {
  const world = new World(openStores);
  try {
    await world.addNode();
    await world.addNode();
    for (const step of steps) {
      await step.run(world);
      await world.look();
    }
    await comeToRest(world);
    return await breachesOf(world);
  } finally {
    await world.close();
  }
}

/** Those that were away come back; nothing new is planned; what is under way ends. */
async function comeToRest(world: World): Promise<void> {
  world.restsSince = world.clock.now();
  world.nodes.forEach((node) => node.recover());
  await world.clock.advance(15_000);
  for (const job of world.jobs.filter(({ removedAt, recurs }) => removedAt === null && recurs)) {
    await world.operations.resumeJob(job.id);
    job.pausedAt = null;
    await world.operations.rescheduleJob(job.id, at('2100-01-01T00:00:00Z'));
  }
  await world.clock.advance(REST_MS);
}
