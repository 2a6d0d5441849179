import { describeValue } from './describe-value.js';
import { SchedulerError } from './scheduler.error.js';

/**
 * A job definition, a change to one, or a query has a field that makes no sense.
 * Nothing was written.
 *
 * @publicApi
 */
export class InvalidJobError extends SchedulerError {
  readonly code = 'INVALID_JOB';

  /**
   * @param field the option at fault, such as `maxInstances` or `args[0].when`
   * @param value what was given for it
   * @param cure one or two sentences: what is wrong with it, and what to give instead
   */
  constructor(
    readonly field: string,
    readonly value: unknown,
    cure: string,
    options?: ErrorOptions,
  ) {
    super(`Invalid job: ${field} = ${describeValue(value)}. ${cure}`, options);
  }
}
