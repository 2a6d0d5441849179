import { SchedulerError } from './scheduler.error.js';

/**
 * A job of this id exists already, and `replaceExisting` was not asked for.
 *
 * @publicApi
 */
export class ConflictingJobIdError extends SchedulerError {
  readonly code = 'JOB_ID_TAKEN';

  constructor(readonly jobId: string) {
    super(
      `A job "${jobId}" exists already. Choose another id, or pass replaceExisting: true to replace it.`,
    );
  }
}
