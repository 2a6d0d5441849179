import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import { askAfter, askFirst } from './member.js';
import { instantOf } from './options/date-value.js';
import { TriggerRegistry } from './trigger-registry.js';
import type { TriggerInput } from './trigger-registry.js';

/** Nobody reads more, and a mistyped count must not hold up the process. */
const MAX_COUNT = 100_000;

/**
 * When a job with this trigger would fire if it were added at `from`. Jitter is not part of it.
 *
 * @param trigger a trigger or its JSON
 * @param count how many instants at most, 0 to 100,000
 * @param from when the job is added
 * @param timezone zone for a trigger that names none
 * @returns the instants, earliest first; fewer than `count` when the trigger or its `maxFires` ends earlier
 * @throws InvalidTriggerError when the trigger, the count or the date makes no sense
 * @example
 * preview(cron('@daily'), 3, new Date('2026-01-01T12:00:00Z')); // midnight of 2, 3 and 4 January
 * @publicApi
 */
export function preview(
  trigger: TriggerInput,
  count: number,
  from: Date,
  timezone = 'UTC',
  registry: TriggerRegistry = TriggerRegistry.builtIn,
): Date[] {
  if (!Number.isInteger(count) || count < 0 || count > MAX_COUNT) {
    throw new InvalidTriggerError('count', count, `Give a whole number, 0 to ${MAX_COUNT}.`);
  }
  const now = instantOf('from', from);
  const bound = registry.read(trigger).bind({ now: new Date(now), timezone });
  const most = Math.min(count, bound.maxFires ?? count);
  const dates: Date[] = [];
  let instant = most > 0 ? askFirst(bound, 'trigger', now) : NaN;
  while (!Number.isNaN(instant) && dates.length < most) {
    dates.push(new Date(instant));
    instant = askAfter(bound, 'trigger', instant + 1);
  }
  return dates;
}
