import { interval } from '../../../lib/index.js';
import type { RecurringJob } from './recurring-job.js';
import { EVERY_SECOND, QUICK } from './recurring-job.js';

/** Jobs that the driver edits all the time. */
export const EDITED_JOBS: readonly RecurringJob[] = [
  { id: 'edited.1', work: QUICK, trigger: EVERY_SECOND },
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
