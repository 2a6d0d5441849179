import { SchedulerError } from '../../core/errors/scheduler.error.js';

/**
 * Two places in the code declare a handler of one name, or a job of one id.
 *
 * @publicApi
 */
export class DuplicateDeclarationError extends SchedulerError {
  readonly code = 'DUPLICATE_DECLARATION';

  constructor(
    readonly kind: 'handler' | 'job',
    /** The name of the handler, or the id of the job. */
    readonly key: string,
    /** Where they stand. */
    readonly places: readonly [string, string],
  ) {
    const [first, second] = places;
    const cure =
      kind === 'handler'
        ? 'Give one of them a name of its own with @JobHandler(name), or rename its class.'
        : 'Give one of them an id of its own.';
    super(`The ${kind} "${key}" is declared twice: by ${first} and by ${second}. ${cure}`);
  }
}
