/**
 * Base of every error that this library throws on purpose.
 *
 * Match on `code`, which never changes; the text is for people and states cause and cure.
 *
 * @publicApi
 */
export abstract class SchedulerError extends Error {
  /** Stable machine-readable name of the error, such as `JOB_NOT_FOUND`. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
