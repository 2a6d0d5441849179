import type { JobShape, ModelJob } from './model-job.js';
import { nextInstant } from './model-job.js';
import { Step } from './step.js';
import type { World } from './world.js';

type JobAction = (world: World, job: ModelJob) => Promise<void>;

/** What an application may do in a transaction. Gives what is to be taken down when it has come into force. */
type JobEdit = (
  world: World,
  job: ModelJob,
  options?: { readonly manager: unknown },
) => Promise<() => void>;

export function add(shape: JobShape): Step {
  return new Step(`add ${JSON.stringify(shape)}`, (world) => world.addJob(shape));
}

const pause: JobEdit = async (world, job, options) => {
  const paused = await world.operations.pauseJob(job.id, options);
  return () => {
    job.untouched = false;
    // A job without a further instant is not paused, and what it began to wait for goes on.
    job.pausedAt = paused.state === 'paused' ? world.clock.now() : null;
  };
};

const remove: JobEdit = async (world, job, options) => {
  await world.operations.removeJob(job.id, options);
  return () => {
    job.removedAt = world.clock.now();
  };
};

const runNow: JobEdit = async (world, job, options) => {
  // By hand a paused job runs too: the observer cannot tell the one from the other.
  if (job.pausedAt !== null) {
    return () => {};
  }
  await world.operations.runJob(job.id, options);
  return () => {
    job.untouched &&= job.every !== null;
  };
};

const atOnce =
  (edit: JobEdit): JobAction =>
  async (world, job) => {
    const takeDown = await edit(world, job);
    takeDown();
  };

const resume: JobAction = async (world, job) => {
  job.pausedAt = null;
  await world.operations.resumeJob(job.id);
};

export function pauseJob(nth: number): Step {
  return onJob(`pause job ${nth}`, nth, atOnce(pause));
}

export function resumeJob(nth: number): Step {
  return onJob(`resume job ${nth}`, nth, resume);
}

export function removeJob(nth: number): Step {
  return onJob(`remove job ${nth}`, nth, atOnce(remove));
}

export function runJob(nth: number): Step {
  return onJob(`run job ${nth} by hand`, nth, atOnce(runNow));
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

const EDITS = { pause, remove, 'run by hand': runNow };

/** What can be asked for while a job is being fired: most often what makes one run more. */
export const EDIT_NAMES = ['pause', 'remove', 'run by hand', 'run by hand'] as const;

type EditName = keyof typeof EDITS;

/** Lets time pass until so long before an instant of the job, and in that very moment asks for something. */
export function race([nth, what, ahead]: readonly [number, EditName, number]): Step {
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
        atOnce(EDITS[what])(world, job).then(resolve, reject);
      });
    });
    await clock.advance(left);
    await asked;
  });
}

/** Asks for something in a transaction that takes its time, and may be rolled back. */
export function editSlowly([nth, what, ms, isKept]: readonly [
  number,
  EditName,
  number,
  boolean,
]): Step {
  const how = isKept ? 'commit' : 'rollback';
  const text = `${what}, job ${nth}, in a transaction that takes ${ms} ms until its ${how}`;
  return onJob(text, nth, async (world, job) => {
    const transaction = await world.begin();
    if (!transaction) {
      return;
    }
    let takeDown: () => void;
    try {
      takeDown = await EDITS[what](world, job, { manager: transaction.manager });
      await world.clock.advance(ms);
    } catch (error) {
      await transaction.end('rollback');
      throw error;
    }
    await transaction.end(how);
    if (isKept) {
      takeDown();
    }
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
