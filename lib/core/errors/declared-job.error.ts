import { SchedulerError } from './scheduler.error.js';

/**
 * A job that a decorator declares cannot be removed at run time.
 *
 * @publicApi
 */
export class DeclaredJobError extends SchedulerError {
  readonly code = 'JOB_DECLARED_IN_CODE';

  constructor(readonly jobId: string) {
    super(
      `Job "${jobId}" is declared by a decorator, so the next start would bring it back. ` +
        `Pause it with pauseJob("${jobId}"), or delete the decorator.`,
    );
  }
}
