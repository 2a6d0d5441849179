import type { Job } from '../../../lib/index.js';
import { BookedJob } from '../job-book.js';
import { isLong } from '../options.js';
import { rhythmOf } from '../rhythm.js';
import type { World } from '../world.js';
import { EDITED_JOBS, RUN_BY_HAND } from './edited-jobs.js';
import { EFFECTIVE_JOBS } from './effective-jobs.js';
import { quietJobs } from './quiet-jobs.js';
import type { RecurringJob } from './recurring-job.js';

export const DECLARED_CHANGING = 'declared.changing';

/** Of the application's decorators: id and `maxInstances`. */
const DECLARED: Readonly<Record<string, number>> = {
  'declared.steady': 3,
  [DECLARED_CHANGING]: 1,
  'declared.interval': 1,
};

export async function addWorkload(world: World): Promise<void> {
  for (const job of [
    ...quietJobs(isLong(world.options)),
    ...EFFECTIVE_JOBS,
    ...EDITED_JOBS,
    RUN_BY_HAND,
  ]) {
    await addRecurring(world, job);
  }
  for (const [id, maxInstances] of Object.entries(DECLARED)) {
    const job = await world.insist<Job>(world.random, null, 'getJob', id);
    if (!job) {
      throw new Error(`The declared job ${id} is not stored.`);
    }
    world.book.book(new BookedJob(id, maxInstances)).activeBy(rhythmOf(job.trigger));
  }
}

/** Adds a job for sure, and books it. */
export async function addRecurring(
  world: World,
  { work, handler = 'work', ...options }: RecurringJob,
): Promise<BookedJob> {
  const { id } = options;
  const booked = new BookedJob(id, options.maxInstances ?? 1, id === RUN_BY_HAND.id);
  world.book.book(booked);
  const definition = { ...options, handler, args: [{ ...work }] };
  const job =
    (await world.insist<Job>(world.random, 'JOB_ID_TAKEN', 'addJob', definition)) ??
    (await world.insist<Job>(world.random, null, 'getJob', id));
  if (!job) {
    throw new Error(`The job ${id} was added and is not stored.`);
  }
  booked.activeBy(rhythmOf(job.trigger));
  return booked;
}
