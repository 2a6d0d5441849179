import { listNames } from './list-names.js';
import { SchedulerError } from './scheduler.error.js';

/**
 * No store of this alias is configured.
 *
 * @publicApi
 */
export class UnknownStoreError extends SchedulerError {
  readonly code = 'UNKNOWN_STORE';

  constructor(
    readonly alias: string,
    known: readonly string[],
  ) {
    super(
      `No store "${alias}" (known: ${listNames(known)}). Name it in forRoot({ stores }) or add it with addStore().`,
    );
  }
}
