import { describeValue } from './describe-value.js';
import { SchedulerError } from './scheduler.error.js';

/**
 * An option of `SchedulerModule.forRoot()`, of a store or of an executor makes no sense.
 *
 * @publicApi
 */
export class InvalidOptionsError extends SchedulerError {
  readonly code = 'INVALID_OPTIONS';

  constructor(
    readonly field: string,
    readonly value: unknown,
    cure: string,
  ) {
    super(`Invalid scheduler option: ${field} = ${describeValue(value)}. ${cure}`);
  }
}
