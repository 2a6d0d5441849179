import type { Job, TriggerJson } from '../../../lib/index.js';
import { cron, interval } from '../../../lib/index.js';
import type { BookedJob } from '../job-book.js';
import type { Random } from '../random.js';
import { rhythmOf } from '../rhythm.js';
import { EDITED_JOBS, RUN_BY_HAND } from '../workload/edited-jobs.js';
import type { World } from '../world.js';

type Edit = (world: World, random: Random, job: BookedJob) => Promise<void>;

const isPaused = (job: BookedJob): boolean => job.pauses.at(-1)?.until === Infinity;

async function pauseJob(world: World, random: Random, job: BookedJob): Promise<void> {
  job.doubtful();
  await world.insist<Job>(random, null, 'pauseJob', job.id);
  job.paused();
}

export async function resumeJob(world: World, random: Random, job: BookedJob): Promise<void> {
  job.doubtful();
  const resumed = await world.insist<Job>(random, null, 'resumeJob', job.id);
  job.activeBy(rhythmOf((resumed as Job).trigger));
}

/** Leaves the instants alone, so that none may be lost by it. */
async function rename(world: World, random: Random, job: BookedJob): Promise<void> {
  const name = `${job.id}, also known as ${random.between(1, 1_000_000)}`;
  await world.insist<Job>(random, null, 'modifyJob', job.id, { name });
}

async function changeWork(world: World, random: Random, job: BookedJob): Promise<void> {
  const args = [{ least: 0, most: random.between(10, 500) }];
  await world.insist<Job>(random, null, 'modifyJob', job.id, { args });
}

async function reschedule(world: World, random: Random, job: BookedJob): Promise<void> {
  const trigger: TriggerJson = random.chance(0.3)
    ? cron('* * * * * *')
    : interval(random.between(150, 700));
  const wasPaused = isPaused(job);
  job.doubtful();
  const edited = await world.insist<Job>(random, null, 'rescheduleJob', job.id, trigger);
  if (wasPaused) {
    job.paused();
  } else {
    job.activeBy(rhythmOf((edited as Job).trigger));
  }
}

async function runByHand(world: World, random: Random): Promise<void> {
  await world.insist(random, null, 'runJob', RUN_BY_HAND.id);
}

const EDITS: Readonly<Record<string, Edit>> = {
  pause: pauseJob,
  rename,
  'change work': changeWork,
  reschedule,
  'run by hand': runByHand,
};

/** Edits jobs while they fire, until it is told to stop. In the end all are active. */
export async function editJobs(world: World, stopped: AbortSignal): Promise<void> {
  const random = world.random.fork('edits');
  const busy = new Map<BookedJob, Promise<void>>();
  const subjects = EDITED_JOBS.flatMap(({ id }) => world.book.recurring.get(id) ?? []);
  while (!stopped.aborted) {
    await world.pause(random.between(50, 500));
    const job = random.pick(subjects);
    const kind = random.pick(Object.keys(EDITS));
    if (!job || !kind || busy.has(job)) {
      continue;
    }
    const [name, edit] =
      isPaused(job) && random.chance(0.6) ? ['resume', resumeJob] : [kind, EDITS[kind] as Edit];
    world.journal.count('operations', name);
    const editing = edit(world, random, job).finally(() => busy.delete(job));
    editing.catch(() => undefined);
    busy.set(job, editing);
  }
  await Promise.all(busy.values());
  for (const job of subjects.filter(isPaused)) {
    await resumeJob(world, random, job);
  }
}
