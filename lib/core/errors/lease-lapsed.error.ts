import { SchedulerError } from './scheduler.error.js';

/**
 * Reason of a run's aborted signal: this process could not renew its lease in time, so another may take the run over.
 *
 * @publicApi
 */
export class LeaseLapsedError extends SchedulerError {
  readonly code = 'LEASE_LAPSED';

  constructor(nodeId: string) {
    super(
      `Node ${nodeId} could not renew its lease in time: its store did not answer, or the process stood still. ` +
        'Stop what you are doing: another node may be executing this run.',
    );
  }
}
