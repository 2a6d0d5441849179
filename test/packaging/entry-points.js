/**
 * What each entry point must export. It may export more: the list guards against names that get lost on the way from a
 * source file to the package.
 *
 * @type {Record<string, string[]>}
 */
export const ENTRY_POINTS = {
  '.': [
    'SchedulerModule',
    'SchedulerService',
    'Cron',
    'Interval',
    'At',
    'Timeout',
    'JobHandler',
    'OnSchedulerEvent',
    'cron',
    'interval',
    'at',
    'handlerRef',
    'ofType',
    'memoryStore',
    'inProcess',
    'JobContext',
    'JobStore',
    'Executor',
    'SchedulerError',
    'JobLookupError',
    'ConflictingJobIdError',
    'InvalidTriggerError',
    'InvalidJobError',
    'UnknownHandlerError',
    'UnknownStoreError',
    'UnknownExecutorError',
    'DeclaredJobError',
    'StoreUnavailableError',
    'DuplicateSchedulerModuleError',
  ],
  './triggers': [
    'Trigger',
    'CronTrigger',
    'IntervalTrigger',
    'CalendarIntervalTrigger',
    'DateTrigger',
    'AnyOfTrigger',
    'AllOfTrigger',
    'triggerFrom',
    'cron',
    'interval',
    'calendarInterval',
    'at',
    'anyOf',
    'allOf',
  ],
  './typeorm': ['typeormStore'],
};

/** Entry points that need an optional peer, and the one that is missed first. */
export const OPTIONAL = { './typeorm': 'typeorm' };
