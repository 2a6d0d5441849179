import { describeValue } from './describe-value.js';
import { SchedulerError } from './scheduler.error.js';

/**
 * A trigger, or one of its options, makes no sense: unknown zone, malformed cron text, an interval of zero.
 *
 * @publicApi
 */
export class InvalidTriggerError extends SchedulerError {
  readonly code = 'INVALID_TRIGGER';

  /**
   * @param field the option at fault, such as `hour` or `timezone`
   * @param value what was given for it
   * @param cure one or two sentences: what is wrong with it, and what to give instead
   */
  constructor(
    readonly field: string,
    readonly value: unknown,
    cure: string,
    options?: ErrorOptions,
  ) {
    super(`Invalid trigger: ${field} = ${describeValue(value)}. ${cure}`, options);
  }
}
