import type { JobDefinition } from '../../../lib/index.js';
import { cron } from '../../../lib/index.js';
import type { Work } from '../application/app-settings.js';

/** A recurring job of the driver. */
export type RecurringJob = Omit<JobDefinition, 'args' | 'handler'> & {
  readonly id: string;
  readonly handler?: 'work' | 'effect';
  readonly work: Work;
};

export const QUICK: Work = { least: 0, most: 15 };

export const EVERY_SECOND = cron('* * * * * *');
