import { SchedulerError } from '../../core/errors/scheduler.error.js';

/**
 * A decorator stands where it cannot work, or was given what makes no sense.
 *
 * @publicApi
 */
export class InvalidDeclarationError extends SchedulerError {
  readonly code = 'INVALID_DECLARATION';

  constructor(
    /** The decorator and what it stands on, such as `@Cron on ReportsService.daily`. */
    readonly place: string,
    cure: string,
    options?: ErrorOptions,
  ) {
    super(`${place}: ${cure}`, options);
  }
}
