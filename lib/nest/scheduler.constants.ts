import { REQUEST } from '@nestjs/core';

/**
 * Token of the options that were given to `forRoot()` or came from `forRootAsync()`.
 *
 * @example in a test: `builder.overrideProvider(SCHEDULER_OPTIONS).useValue({ autoStart: false })`
 * @publicApi
 */
export const SCHEDULER_OPTIONS = 'SCHEDULER_OPTIONS';

/** Token of the options with their defaults. */
export const SCHEDULER_SETTINGS = 'SCHEDULER_SETTINGS';

/**
 * Injects the `JobContext` of the run into request-scoped providers: another name for Nest's `REQUEST`.
 *
 * @example `constructor(@Inject(JOB_CONTEXT) private readonly job: JobContext) {}`
 * @publicApi
 */
export const JOB_CONTEXT = REQUEST;
