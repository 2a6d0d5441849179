import type { Duration } from '../core/duration.js';
import type { TriggerJson } from '../core/trigger.js';
import { AllOfTrigger } from './all-of.trigger.js';
import { AnyOfTrigger } from './any-of.trigger.js';
import { CalendarIntervalTrigger } from './calendar-interval.trigger.js';
import type { CalendarIntervalOptions } from './calendar-interval.trigger.js';
import type { CompositeOptions } from './composite-options.js';
import { CronTrigger } from './cron/cron.trigger.js';
import type { CronFields, CronSettings } from './cron/cron.trigger.js';
import { DateTrigger } from './date.trigger.js';
import type { DateOptions } from './date.trigger.js';
import { IntervalTrigger } from './interval.trigger.js';
import type { IntervalOptions } from './interval.trigger.js';
import { listOf } from './options/list-of.js';
import { mergeOptions } from './options/merge-options.js';
import type { TriggerInput } from './trigger-registry.js';

/**
 * A cron trigger as JSON, of crontab text or of fields.
 *
 * @param when `'30 5 * * mon-fri'`, `'@daily'`, or `{ dayOfWeek: 'mon-fri', hour: 5, minute: 30 }`
 * @throws InvalidTriggerError when it makes no sense, or nothing ever matches
 * @example
 * cron('30 5 * * mon-fri', { timezone: 'Europe/Berlin' });
 * @publicApi
 */
export function cron(when: string | CronFields, settings: CronSettings = {}): TriggerJson {
  const fields = typeof when === 'object' ? when : { expression: when };
  return new CronTrigger(mergeOptions('cron', fields, settings)).toJSON();
}

/**
 * An interval trigger as JSON.
 *
 * @param every milliseconds, or units such as `{ minutes: 5 }`; from 1 ms to 100 years
 * @throws InvalidTriggerError when it makes no sense
 * @example
 * interval({ minutes: 5 }, { startDate: '2026-01-01T00:00:00Z' });
 * @publicApi
 */
export function interval(every: Duration, settings: IntervalSettings = {}): TriggerJson {
  const parts = typeof every === 'object' ? every : { milliseconds: every };
  return new IntervalTrigger(mergeOptions('interval', parts, settings)).toJSON();
}

/**
 * Options of an interval beside its length.
 *
 * @publicApi
 */
export type IntervalSettings = Pick<
  IntervalOptions,
  'startDate' | 'endDate' | 'timezone' | 'except' | 'jitter' | 'maxFires'
>;

/**
 * A one-shot trigger as JSON.
 *
 * @param date a Date, or ISO text; without an offset it is wall-clock time in the trigger's zone
 * @throws InvalidTriggerError when it is no date
 * @example
 * at('2026-12-31T23:59:00+01:00');
 * @publicApi
 */
export function at(date: Date | string, settings: Omit<DateOptions, 'runDate'> = {}): TriggerJson {
  return new DateTrigger(mergeOptions('date', { runDate: date }, settings)).toJSON();
}

/**
 * A calendar interval trigger as JSON: a time of day, every so many days, weeks, months or years.
 *
 * @throws InvalidTriggerError when it makes no sense
 * @example
 * calendarInterval({ months: 1, startDate: '2026-01-31', hour: 9 }, { timezone: 'Europe/Berlin' });
 * @publicApi
 */
export function calendarInterval(
  options: CalendarIntervalOptions,
  settings: CalendarIntervalOptions = {},
): TriggerJson {
  const merged = mergeOptions('calendarInterval', options, settings);
  return new CalendarIntervalTrigger(merged).toJSON();
}

/**
 * A trigger as JSON that fires whenever one of some triggers does.
 *
 * @param triggers the triggers, or one list of them and options
 * @throws InvalidTriggerError when one of them makes no sense
 * @example
 * anyOf(cron('0 9 * * mon-fri'), cron('0 11 * * sat,sun'));
 * anyOf([cron('@daily'), interval({ hours: 5 })], { maxFires: 10 });
 * @publicApi
 */
export function anyOf(...triggers: readonly TriggerInput[]): TriggerJson;
export function anyOf(triggers: readonly TriggerInput[], settings?: CompositeSettings): TriggerJson;
export function anyOf(...given: readonly unknown[]): TriggerJson {
  return new AnyOfTrigger(readArguments('anyOf', given)).toJSON();
}

/**
 * A trigger as JSON that fires whenever all of some triggers do at once.
 *
 * @param triggers the triggers, or one list of them and options
 * @throws InvalidTriggerError when one of them makes no sense, or they never agree
 * @example
 * allOf(cron('0 9 13 * *'), cron('0 9 * * fri')); // Friday the 13th
 * @publicApi
 */
export function allOf(...triggers: readonly TriggerInput[]): TriggerJson;
export function allOf(triggers: readonly TriggerInput[], settings?: CompositeSettings): TriggerJson;
export function allOf(...given: readonly unknown[]): TriggerJson {
  return new AllOfTrigger(readArguments('allOf', given)).toJSON();
}

/**
 * Options of a composite trigger beside its members.
 *
 * @publicApi
 */
export type CompositeSettings = Omit<CompositeOptions, 'triggers'>;

function readArguments(type: string, given: readonly unknown[]): CompositeOptions {
  const [first, settings] = given;
  if (listOf(first, 0) === null) {
    return { triggers: given as readonly TriggerInput[] };
  }
  const members = { triggers: first as readonly TriggerInput[] };
  return mergeOptions(type, members, settings as CompositeSettings | undefined);
}
