import { SchedulerError } from '../../core/errors/scheduler.error.js';

/**
 * `SchedulerModule` was configured more than once in one application.
 *
 * @publicApi
 */
export class DuplicateSchedulerModuleError extends SchedulerError {
  readonly code = 'DUPLICATE_SCHEDULER_MODULE';

  /** @param modules names of the modules that import a configured SchedulerModule */
  constructor(readonly modules: readonly string[]) {
    super(
      `SchedulerModule.forRoot() or forRootAsync() was called more than once (imported by ${modules.join(', ')}), ` +
        `so every job would fire more than once. Keep the call in the root module and remove the others: ` +
        `decorated methods are found in every module, and SchedulerService can be injected everywhere without an import.`,
    );
  }
}
