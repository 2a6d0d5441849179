import { interval } from '../../../lib/index.js';
import type { RecurringJob } from './recurring-job.js';
import { QUICK } from './recurring-job.js';

const JOBS: readonly RecurringJob[] = [
  { id: 'effect.quick', work: QUICK, trigger: interval(350), maxInstances: 2 },
  { id: 'effect.long', work: { least: 500, most: 6000 }, trigger: interval(900), maxInstances: 8 },
  { id: 'effect.queue', work: { least: 50, most: 600 }, trigger: interval(800), overlap: 'queue' },
  {
    id: 'effect.recovery.fail',
    work: { least: 200, most: 2000 },
    trigger: interval(1100),
    maxInstances: 3,
    recovery: 'fail',
  },
  { id: 'effect.regrets', work: { ...QUICK, regrets: true }, trigger: interval(650) },
  { id: 'effect.fails', work: { ...QUICK, fails: true }, trigger: interval(700) },
];

/** Jobs whose handlers complete their runs in transactions of the application. */
export const EFFECTIVE_JOBS = JOBS.map((job): RecurringJob => ({ ...job, handler: 'effect' }));
