import { interval } from '../../../lib/index.js';
import type { Random } from '../random.js';
import { addRecurring } from '../workload/add-workload.js';
import type { World } from '../world.js';

const MOST_AT_ONCE = 4;

/** Adds recurring jobs and removes them while they fire, until it is told to stop. */
export async function addAndRemove(world: World, stopped: AbortSignal): Promise<void> {
  const random = world.random.fork('mortals');
  const alive = new Set<Promise<void>>();
  for (let number = 1; !stopped.aborted; number += 1) {
    await world.pause(random.between(200, 1500));
    if (alive.size < MOST_AT_ONCE) {
      const life = liveAndDie(world, random, `mortal.${number}`, stopped);
      life.catch(() => undefined);
      alive.add(life);
      void life.then(
        () => alive.delete(life),
        () => undefined,
      );
    }
  }
  await Promise.all(alive);
}

async function liveAndDie(
  world: World,
  random: Random,
  id: string,
  stopped: AbortSignal,
): Promise<void> {
  const job = await addRecurring(world, {
    id,
    work: { least: 0, most: random.between(5, 500) },
    trigger: interval(random.between(100, 400)),
    overlap: random.chance(0.3) ? 'queue' : 'skip',
  });
  world.journal.count('operations', 'add');
  for (let left = random.between(2, 12); left > 0 && !stopped.aborted; left -= 1) {
    await world.pause(500);
  }
  job.doubtful();
  world.journal.count('operations', 'remove');
  await world.insist(random, 'JOB_NOT_FOUND', 'removeJob', id);
  job.removedAt = Date.now();
}
