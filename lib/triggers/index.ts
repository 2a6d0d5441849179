export type { Duration, DurationParts } from '../core/duration.js';
export { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
export { Trigger } from '../core/trigger.js';
export type { TriggerBinding, TriggerJson } from '../core/trigger.js';
export { AllOfTrigger } from './all-of.trigger.js';
export { AnyOfTrigger } from './any-of.trigger.js';
export { allOf, anyOf, at, calendarInterval, cron, interval } from './builders.js';
export type { CompositeSettings, IntervalSettings } from './builders.js';
export { CalendarIntervalTrigger } from './calendar-interval.trigger.js';
export type { CalendarIntervalOptions } from './calendar-interval.trigger.js';
export type { CompositeOptions } from './composite-options.js';
export { CronTrigger } from './cron/cron.trigger.js';
export type { CronFields, CronOptions, CronSettings } from './cron/cron.trigger.js';
export { DateTrigger } from './date.trigger.js';
export type { DateOptions } from './date.trigger.js';
export { IntervalTrigger } from './interval.trigger.js';
export type { IntervalOptions } from './interval.trigger.js';
export type {
  ExceptOption,
  Exception,
  JitterOption,
  MaxFiresOption,
  WindowOptions,
  ZoneOption,
} from './options/shared-options.js';
export { preview } from './preview.js';
export { triggerFrom } from './trigger-from.js';
export { TriggerRegistry } from './trigger-registry.js';
export type { TriggerFactory, TriggerInput } from './trigger-registry.js';
