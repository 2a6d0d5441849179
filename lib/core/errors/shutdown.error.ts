import { SchedulerError } from './scheduler.error.js';

/**
 * Reason of a run's aborted signal: the scheduler shuts down and has waited as long as it was told to.
 *
 * @publicApi
 */
export class ShutdownError extends SchedulerError {
  readonly code = 'SHUTDOWN';

  constructor() {
    super('The scheduler shuts down and its shutdownTimeout is over. Stop what you are doing.');
  }
}
