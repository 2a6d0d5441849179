import { listNames } from './list-names.js';
import { SchedulerError } from './scheduler.error.js';

/**
 * No executor of this alias is configured.
 *
 * @publicApi
 */
export class UnknownExecutorError extends SchedulerError {
  readonly code = 'UNKNOWN_EXECUTOR';

  constructor(
    readonly alias: string,
    known: readonly string[],
  ) {
    super(
      `No executor "${alias}" (known: ${listNames(known)}). Name it in forRoot({ executors }) or add it with addExecutor().`,
    );
  }
}
