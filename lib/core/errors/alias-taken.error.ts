import { SchedulerError } from './scheduler.error.js';

/**
 * A store or executor of this alias is configured already.
 *
 * @publicApi
 */
export class AliasTakenError extends SchedulerError {
  readonly code = 'ALIAS_TAKEN';

  constructor(
    readonly kind: 'store' | 'executor',
    readonly alias: string,
  ) {
    super(`There is a ${kind} "${alias}" already. Remove it first, or choose another alias.`);
  }
}
