import { cron, interval } from '../../../lib/index.js';
import type { RecurringJob } from './recurring-job.js';
import { EVERY_SECOND, QUICK } from './recurring-job.js';

/** Jobs that nothing happens to but faults. */
export function quietJobs(long: boolean): readonly RecurringJob[] {
  // Longer than an outage lasts.
  const longest = long ? 45_000 : 9000;
  return [
    { id: 'cron.1', work: QUICK, trigger: EVERY_SECOND },
    { id: 'cron.2', work: QUICK, trigger: EVERY_SECOND },
    { id: 'cron.earliest', work: QUICK, trigger: EVERY_SECOND, coalesce: 'earliest' },
    { id: 'cron.jitter', work: QUICK, trigger: cron('* * * * * *', { jitter: 400 }) },
    { id: 'cron.three', work: QUICK, trigger: cron('*/3 * * * * *'), maxInstances: 3 },
    ...[100, 150, 230, 370, 510, 700].map((every) => ({
      id: `interval.${every}`,
      work: QUICK,
      trigger: interval(every),
      maxInstances: every % 3 === 0 ? 3 : 1,
    })),
    { id: 'interval.all', work: QUICK, trigger: interval(600), coalesce: 'all' },
    { id: 'interval.grace', work: QUICK, trigger: interval(250), misfireGraceTime: 400 },
    // Due again, and claimed ahead by whoever comes first, long before they end.
    ...[40, 60, 90].map((every) => ({
      id: `busy.${every}`,
      work: { least: every, most: 3 * every },
      trigger: interval(every),
    })),
    { id: 'busy.two', work: { least: 40, most: 200 }, trigger: interval(50), maxInstances: 2 },
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
      trigger: EVERY_SECOND,
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
