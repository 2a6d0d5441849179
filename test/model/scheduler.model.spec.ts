import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at } from '../../lib/triggers/index.js';
import { anyStep } from './commands.js';
import { breachesOf } from './invariants.js';
import { World } from './world.js';

/** More by `MODEL_RUNS=2000 npm test -- test/model`; `MODEL_SEED` repeats a run. */
const RUNS = Number(process.env.MODEL_RUNS ?? 60);
const SEED = Number(process.env.MODEL_SEED ?? 20_260_105);

/** Long enough for every lease to end, every run to be handed on as often as allowed, and every chain to run out. */
const REST_MS = 240_000;

describe.each(['locking', 'compare-and-set'] as const)('several nodes on one %s store', (mode) => {
  it('keep to the rules, whatever dies, is cut off or edited, and whenever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), async (steps) => {
        const world = new World(mode);
        try {
          await world.addNode();
          await world.addNode();
          for (const step of steps) {
            await step.run(world);
            await world.look();
          }
          await comeToRest(world);
          expect(await breachesOf(world)).toEqual([]);
        } finally {
          await world.close();
        }
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false },
    );
  });
});

/** Those that were cut off come back; nothing new is planned; what is under way ends. */
async function comeToRest(world: World): Promise<void> {
  world.isResting = true;
  for (const node of world.nodes) {
    node.flaky.isDown = node.isDead;
  }
  await world.clock.advance(15_000);
  for (const job of world.jobs.filter(({ removedAt, recurs }) => removedAt === null && recurs)) {
    const { operations } = world.firstAlive().test.scheduler;
    await operations.resumeJob(job.id);
    job.pausedAt = null;
    await operations.rescheduleJob(job.id, at('2100-01-01T00:00:00Z'));
  }
  await world.clock.advance(REST_MS);
}
