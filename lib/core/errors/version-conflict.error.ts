import { SchedulerError } from './scheduler.error.js';

/**
 * An edit with `ifVersion` found the job at another version. Nothing was written.
 *
 * @publicApi
 */
export class VersionConflictError extends SchedulerError {
  readonly code = 'VERSION_CONFLICT';

  constructor(
    readonly jobId: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(
      `Job "${jobId}" is at version ${actual}, not ${expected}: somebody edited it meanwhile. Read it again and repeat your change.`,
    );
  }
}
