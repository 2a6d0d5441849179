import { SchedulerError } from './scheduler.error.js';

/**
 * No store that was searched has a job of this id.
 *
 * @publicApi
 */
export class JobLookupError extends SchedulerError {
  readonly code = 'JOB_NOT_FOUND';

  constructor(readonly jobId: string) {
    super(
      `No job "${jobId}" in any store that was searched. It may have been removed; getJobs() lists what there is.`,
    );
  }
}
