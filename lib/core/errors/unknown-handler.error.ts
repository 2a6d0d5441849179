import { listNames } from './list-names.js';
import { SchedulerError } from './scheduler.error.js';

/**
 * No provider of this application has a handler of this name.
 *
 * @publicApi
 */
export class UnknownHandlerError extends SchedulerError {
  readonly code = 'UNKNOWN_HANDLER';

  constructor(
    readonly handler: string,
    known: readonly string[],
  ) {
    super(
      `No handler "${handler}" is registered here (known: ${listNames(known)}). ` +
        `Put @JobHandler("${handler}") on a provider method and add the provider to a module.`,
    );
  }
}
