import { SchedulerError } from './scheduler.error.js';

/**
 * A store could not be reached, or refused to serve.
 *
 * @publicApi
 */
export class StoreUnavailableError extends SchedulerError {
  readonly code = 'STORE_UNAVAILABLE';

  constructor(
    readonly alias: string,
    cause: unknown,
  ) {
    super(
      `Store "${alias}" did not answer: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        `Nothing was written. The scheduler itself keeps trying; repeat the call when the store is back.`,
      { cause },
    );
  }
}
