import type { JobShape, ModelJob } from './model-job.js';
import { nextInstant } from './model-job.js';
import { Step } from './step.js';
import type { World } from './world.js';

type JobAction = (world: World, job: ModelJob) => Promise<void>;

export function add(shape: JobShape): Step {
  return new Step(`add ${JSON.stringify(shape)}`, (world) => world.addJob(shape));
}

const pause: JobAction = async (world, job) => {
  job.untouched = false;
  const paused = await world.operations.pauseJob(job.id);
  // A job without a further instant is not paused, and what it began to wait for goes on.
  job.pausedAt = paused.state === 'paused' ? world.clock.now() : null;
};

const resume: JobAction = async (world, job) => {
  job.pausedAt = null;
  await world.operations.resumeJob(job.id);
};

const remove: JobAction = async (world, job) => {
  await world.operations.removeJob(job.id);
  job.removedAt = world.clock.now();
};

const runNow: JobAction = async (world, job) => {
  // By hand a paused job runs too: the observer cannot tell the one from the other.
  if (job.pausedAt === null) {
    await world.operations.runJob(job.id);
    job.untouched &&= job.every !== null;
  }
};

export function pauseJob(nth: number): Step {
  return onJob(`pause job ${nth}`, nth, pause);
}

export function resumeJob(nth: number): Step {
  return onJob(`resume job ${nth}`, nth, resume);
}

export function removeJob(nth: number): Step {
  return onJob(`remove job ${nth}`, nth, remove);
}

export function runJob(nth: number): Step {
  return onJob(`run job ${nth} by hand`, nth, runNow);
}

export function reschedule([nth, every]: readonly [number, number]): Step {
  return onJob(`reschedule job ${nth} to ${every} ms`, nth, async (world, job) => {
    job.untouched = false;
    job.recurs = true;
    const trigger = { type: 'interval', version: 1, milliseconds: every } as const;
    await world.operations.rescheduleJob(job.id, trigger);
  });
}

/** Asks for an instant that the job has passed already: it is on record, and must not run twice. */
export function fireAgain(nth: number): Step {
  return onJob(`send job ${nth} back to its last instant`, nth, async (world, job) => {
    const nextFireAt = (await world.job(job.id))?.lastFireAt;
    if (nextFireAt) {
      job.untouched = false;
      job.pausedAt = null;
      await world.operations.modifyJob(job.id, { nextFireAt });
    }
  });
}

/** Edits by several nodes in the same moment. None may undo the other. */
export function editAtOnce([nth, tag]: readonly [number, number]): Step {
  return onJob(`all nodes edit job ${nth} at once`, nth, async (world, job) => {
    const before = (await world.job(job.id))?.version ?? 0;
    const editors = world.well;
    await Promise.all(
      editors.map(({ test, number }) =>
        test.scheduler.operations.modifyJob(job.id, { tags: [`${tag}`, `${number}`] }),
      ),
    );
    const after = (await world.job(job.id))?.version ?? 0;
    if (after !== before + editors.length) {
      world.breaches.push(`${job.id}: an edit was lost`);
    }
  });
}

const RACERS = { pause, remove, 'run by hand': runNow };

/** What can be asked for while a job is being fired: most often what makes one run more. */
export const RACES = ['pause', 'remove', 'run by hand', 'run by hand'] as const;

/** Lets time pass until so long before an instant of the job, and in that very moment asks for something. */
export function race([nth, what, ahead]: readonly [number, keyof typeof RACERS, number]): Step {
  const text = `${what}, ${ahead} ms before an instant of job ${nth}`;
  return onJob(text, nth, async (world, job) => {
    const { clock } = world;
    const instant = nextInstant(job, clock.now() + ahead + 1);
    if (instant === null || job.pausedAt !== null) {
      return;
    }
    const left = instant - ahead - clock.now();
    const asked = new Promise<void>((resolve, reject) => {
      clock.setTimer(clock.monotonic() + left, () => {
        RACERS[what](world, job).then(resolve, reject);
      });
    });
    await clock.advance(left);
    await asked;
  });
}

function onJob(text: string, nth: number, action: JobAction): Step {
  return new Step(text, async (world) => {
    const present = world.jobs.filter((job) => job.removedAt === null);
    const job = present[nth % Math.max(1, present.length)];
    if (job) {
      await action(world, job);
    }
  });
}
