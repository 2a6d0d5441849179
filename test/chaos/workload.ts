import type { Job, JobDefinition } from '../../lib/index.js';
import { cron, interval } from '../../lib/index.js';
import type { Work } from './application/app-settings.js';
import { BookedJob } from './job-book.js';
import { isLong } from './options.js';
import { rhythmOf } from './rhythm.js';
import type { World } from './world.js';

export type RecurringJob = Omit<JobDefinition, 'args' | 'handler'> & {
  readonly id: string;
  readonly work: Work;
};

const QUICK: Work = { least: 0, most: 15 };

const EVERY_SECOND = '* * * * * *';

/** Jobs that nothing happens to but faults. */
function quietJobs(long: boolean): readonly RecurringJob[] {
  const longest = long ? 25_000 : 9000;
  return [
    { id: 'cron.1', work: QUICK, trigger: cron(EVERY_SECOND) },
    { id: 'cron.2', work: QUICK, trigger: cron(EVERY_SECOND) },
    { id: 'cron.earliest', work: QUICK, trigger: cron(EVERY_SECOND), coalesce: 'earliest' },
    { id: 'cron.jitter', work: QUICK, trigger: cron(EVERY_SECOND, { jitter: 400 }) },
    { id: 'cron.three', work: QUICK, trigger: cron('*/3 * * * * *'), maxInstances: 3 },
    ...[100, 150, 230, 370, 510, 700].map((every) => ({
      id: `interval.${every}`,
      work: QUICK,
      trigger: interval(every),
      maxInstances: every % 3 === 0 ? 3 : 1,
    })),
    { id: 'interval.all', work: QUICK, trigger: interval(600), coalesce: 'all' },
    { id: 'interval.grace', work: QUICK, trigger: interval(250), misfireGraceTime: 400 },
    // Longer than their intervals.
    { id: 'slow.skip', work: { least: 150, most: 900 }, trigger: interval(300) },
    {
      id: 'slow.skip.two',
      work: { least: 150, most: 900 },
      trigger: interval(300),
      maxInstances: 2,
    },
    {
      id: 'slow.queue',
      work: { least: 50, most: 600 },
      trigger: interval(700),
      overlap: 'queue',
    },
    {
      id: 'slow.queue.two',
      work: { least: 100, most: 1100 },
      trigger: interval(500),
      overlap: 'queue',
      maxInstances: 2,
    },
    {
      id: 'slow.queue.all',
      work: { least: 50, most: 500 },
      trigger: interval(600),
      overlap: 'queue',
      coalesce: 'all',
      maxCatchUp: 20,
    },
    {
      id: 'recovery.fail',
      work: { least: 500, most: 2500 },
      trigger: cron(EVERY_SECOND),
      maxInstances: 4,
      recovery: 'fail',
    },
    {
      id: 'long',
      work: { least: 4000, most: longest },
      trigger: interval(3000),
      maxInstances: 10,
    },
    {
      id: 'long.obedient',
      work: { least: 3000, most: longest, obeys: true },
      trigger: interval(4000),
      maxInstances: 10,
    },
    { id: 'fails', work: { ...QUICK, fails: true }, trigger: interval(900) },
  ];
}

/** Jobs that the driver edits all the time. */
export const EDITED_JOBS: readonly RecurringJob[] = [
  { id: 'edited.1', work: QUICK, trigger: cron(EVERY_SECOND) },
  { id: 'edited.2', work: QUICK, trigger: interval(200) },
  { id: 'edited.3', work: { least: 100, most: 600 }, trigger: interval(400) },
  {
    id: 'edited.4',
    work: { least: 50, most: 400 },
    trigger: interval(300),
    overlap: 'queue',
    maxCatchUp: 10,
  },
];

/** A job that is run by hand too. Whoever does that does not ask how many runs there are. */
export const RUN_BY_HAND: RecurringJob = {
  id: 'by-hand',
  work: { least: 0, most: 300 },
  trigger: interval(500),
};

export const DECLARED_CHANGING = 'declared.changing';

/** Of the application's decorators: id and `maxInstances`. */
const DECLARED: Readonly<Record<string, number>> = {
  'declared.steady': 3,
  [DECLARED_CHANGING]: 1,
  'declared.interval': 1,
};

export async function addWorkload(world: World): Promise<void> {
  for (const job of [...quietJobs(isLong(world.options)), ...EDITED_JOBS, RUN_BY_HAND]) {
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
  { work, ...options }: RecurringJob,
): Promise<BookedJob> {
  const { id } = options;
  const booked = new BookedJob(id, options.maxInstances ?? 1, id === RUN_BY_HAND.id);
  world.book.book(booked);
  const definition = { ...options, handler: 'work', args: [{ ...work }] };
  const job =
    (await world.insist<Job>(world.random, 'JOB_ID_TAKEN', 'addJob', definition)) ??
    (await world.insist<Job>(world.random, null, 'getJob', id));
  if (!job) {
    throw new Error(`The job ${id} was added and is not stored.`);
  }
  booked.activeBy(rhythmOf(job.trigger));
  return booked;
}
