import type { Trigger } from '../core/trigger.js';
import { AllOfTrigger } from './all-of.trigger.js';
import { AnyOfTrigger } from './any-of.trigger.js';
import { CalendarIntervalTrigger } from './calendar-interval.trigger.js';
import { CronTrigger } from './cron/cron.trigger.js';
import { DateTrigger } from './date.trigger.js';
import { IntervalTrigger } from './interval.trigger.js';
import { builtInTypes, TriggerRegistry } from './trigger-registry.js';
import type { TriggerFactory } from './trigger-registry.js';

builtInTypes
  .set('cron', (json, registry) => new CronTrigger(json as never, registry))
  .set('interval', (json, registry) => new IntervalTrigger(json as never, registry))
  .set('date', (json) => new DateTrigger(json as never))
  .set('calendarInterval', (json, registry) => new CalendarIntervalTrigger(json as never, registry))
  .set('anyOf', (json, registry) => new AnyOfTrigger(json as never, registry))
  .set('allOf', (json, registry) => new AllOfTrigger(json as never, registry));

/**
 * The trigger of a stored form, which is what builders such as `cron()` and the `toJSON()` of a trigger give.
 *
 * @param json the stored form; a trigger is returned as it is
 * @param registry types of your own, as a registry or as factories by type
 * @throws InvalidTriggerError when the type is unknown, a newer release wrote it, or an option makes no sense
 * @example
 * triggerFrom({ type: 'interval', version: 1, minutes: 5 }).next(date);
 * @publicApi
 */
export function triggerFrom(
  json: unknown,
  registry: TriggerRegistry | Readonly<Record<string, TriggerFactory>> = TriggerRegistry.builtIn,
): Trigger {
  return (registry instanceof TriggerRegistry ? registry : new TriggerRegistry(registry)).read(
    json,
  );
}
