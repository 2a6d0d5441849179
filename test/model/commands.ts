import fc from 'fast-check';
import type { JobShape, ModelJob, World } from './world.js';

/** A step of the model, shown by its text in a counterexample. */
export class Step {
  constructor(
    private readonly text: string,
    readonly run: (world: World) => Promise<void>,
  ) {}

  toString(): string {
    return this.text;
  }
}

const index = fc.nat({ max: 20 });

const shape: fc.Arbitrary<JobShape> = fc.record({
  every: fc.option(fc.constantFrom(250, 1000, 3000), { freq: 4 }),
  delay: fc.integer({ min: -2000, max: 5000 }),
  duration: fc.constantFrom(0, 0, 0, 100, 2000, 15_000),
  maxInstances: fc.constantFrom(1, 1, 2),
  overlap: fc.constantFrom('skip', 'skip', 'queue'),
  coalesce: fc.constantFrom('latest', 'latest', 'earliest', 'all'),
});

/** Everything that can happen, the passing of time most often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 4000 }).map(pass) },
  { weight: 2, arbitrary: fc.constantFrom(8000, 12_000, 30_000).map(pass) },
  { weight: 4, arbitrary: shape.map(add) },
  { weight: 2, arbitrary: index.map(pauseJob) },
  { weight: 3, arbitrary: index.map(resumeJob) },
  { weight: 2, arbitrary: fc.tuple(index, fc.constantFrom(500, 2000)).map(reschedule) },
  { weight: 2, arbitrary: index.map(fireAgain) },
  { weight: 1, arbitrary: index.map(remove) },
  { weight: 2, arbitrary: fc.tuple(index, index).map(atOnce) },
  { weight: 2, arbitrary: index.map(runNow) },
  { weight: 1, arbitrary: fc.constant(join()) },
  { weight: 2, arbitrary: index.map(kill) },
  { weight: 3, arbitrary: index.map(cutOff) },
  { weight: 3, arbitrary: index.map(reconnect) },
);

function pass(ms: number): Step {
  return new Step(`pass ${ms} ms`, (world) => world.clock.advance(ms));
}

function add(job: JobShape): Step {
  return new Step(`add ${JSON.stringify(job)}`, (world) => world.addJob(job));
}

function pauseJob(nth: number): Step {
  return onJob(`pause job ${nth}`, nth, async (world, job) => {
    job.untouched = false;
    const paused = await world.firstAlive().test.scheduler.operations.pauseJob(job.id);
    // A job without a further instant is not paused, and what it began to wait for goes on.
    job.pausedAt = paused.state === 'paused' ? world.clock.now() : null;
  });
}

function resumeJob(nth: number): Step {
  return onJob(`resume job ${nth}`, nth, async (world, job) => {
    job.pausedAt = null;
    await world.firstAlive().test.scheduler.operations.resumeJob(job.id);
  });
}

function reschedule([nth, every]: readonly [number, number]): Step {
  return onJob(`reschedule job ${nth} to ${every} ms`, nth, async (world, job) => {
    job.untouched = false;
    job.recurs = true;
    const { operations } = world.firstAlive().test.scheduler;
    await operations.rescheduleJob(job.id, {
      type: 'interval',
      version: 1,
      milliseconds: every,
    });
  });
}

/** Asks for an instant that the job has passed already: it is on record, and must not run twice. */
function fireAgain(nth: number): Step {
  return onJob(`send job ${nth} back to its last instant`, nth, async (world, job) => {
    const { scheduler } = world.firstAlive().test;
    const nextFireAt = (await scheduler.getJob(job.id))?.lastFireAt;
    if (nextFireAt) {
      job.untouched = false;
      job.pausedAt = null;
      await scheduler.operations.modifyJob(job.id, { nextFireAt });
    }
  });
}

/** Edits by several nodes in the same moment. None may undo the other. */
function atOnce([nth, tag]: readonly [number, number]): Step {
  return onJob(`all nodes edit job ${nth} at once`, nth, async (world, job) => {
    const before = (await world.firstAlive().test.scheduler.getJob(job.id))?.version ?? 0;
    await Promise.all(
      world.alive.map(({ test }, node) =>
        test.scheduler.operations.modifyJob(job.id, { tags: [`${tag}`, `${node}`] }),
      ),
    );
    const after = (await world.firstAlive().test.scheduler.getJob(job.id))?.version ?? 0;
    if (after !== before + world.alive.length) {
      world.breaches.push(`${job.id}: an edit was lost`);
    }
  });
}

function remove(nth: number): Step {
  return onJob(`remove job ${nth}`, nth, async (world, job) => {
    await world.firstAlive().test.scheduler.operations.removeJob(job.id);
    job.removedAt = world.clock.now();
  });
}

function runNow(nth: number): Step {
  return onJob(`run job ${nth} by hand`, nth, async (world, job) => {
    // By hand a paused job runs too: the observer cannot tell the one from the other.
    if (job.pausedAt === null) {
      await world.firstAlive().test.scheduler.operations.runJob(job.id);
      job.untouched &&= job.every !== null;
    }
  });
}

function join(): Step {
  return new Step('a node joins', async (world) => {
    if (world.alive.length > 0 && world.nodes.length < 6) {
      await world.addNode();
    }
  });
}

function kill(nth: number): Step {
  return new Step(`node ${nth} dies`, async (world) => {
    const node = world.alive[nth % Math.max(1, world.alive.length)];
    if (node && world.alive.length > 1) {
      world.kill(node);
    }
  });
}

function cutOff(nth: number): Step {
  return new Step(`node ${nth} loses its store`, async (world) => {
    const node = world.alive[nth % Math.max(1, world.alive.length)];
    if (node && world.alive.length > 1) {
      world.cutOff(node);
    }
  });
}

function reconnect(nth: number): Step {
  return new Step(`node ${nth} finds its store again`, async (world) => {
    const lost = world.nodes.filter((node) => !node.isDead && node.flaky.isDown);
    const node = lost[nth % Math.max(1, lost.length)];
    if (node) {
      node.flaky.isDown = false;
    }
  });
}

function onJob(
  text: string,
  nth: number,
  body: (world: World, job: ModelJob) => Promise<void>,
): Step {
  return new Step(text, async (world) => {
    const present = world.jobs.filter((job) => job.removedAt === null);
    const job = present[nth % Math.max(1, present.length)];
    if (job) {
      await body(world, job);
    }
  });
}
