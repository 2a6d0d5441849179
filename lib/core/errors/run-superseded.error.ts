import { SchedulerError } from './scheduler.error.js';

/**
 * A handler wanted to complete its run, and the run is no longer its own: this process lost its lease and another took
 * the run over, or the run has ended.
 *
 * @publicApi
 */
export class RunSupersededError extends SchedulerError {
  readonly code = 'RUN_SUPERSEDED';

  constructor(runId: string) {
    super(
      `The run ${runId} is no longer this attempt's to complete: another node may have taken it over, or it has ended. ` +
        'Let the transaction roll back: what it did is for whoever holds the run now.',
    );
  }
}
