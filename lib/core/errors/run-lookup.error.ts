import { SchedulerError } from './scheduler.error.js';

/**
 * There is no run of this id.
 *
 * @publicApi
 */
export class RunLookupError extends SchedulerError {
  readonly code = 'RUN_NOT_FOUND';

  constructor(readonly runId: string) {
    super(
      `No run "${runId}". Run ids come from getRuns(), runJob() or an event, and expire with the history.`,
    );
  }
}
