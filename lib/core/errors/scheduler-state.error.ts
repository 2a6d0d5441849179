import { SchedulerError } from './scheduler.error.js';

/**
 * An operation does not fit the state that the scheduler is in, such as `start()` when it runs already.
 *
 * @publicApi
 */
export class SchedulerStateError extends SchedulerError {
  readonly code = 'SCHEDULER_STATE';

  constructor(
    readonly operation: string,
    readonly state: string,
  ) {
    super(`${operation} is not possible while the scheduler is ${state}.`);
  }
}
