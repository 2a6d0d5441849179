import type { JsonValue } from '../../core/json.js';
import { at } from '../../triggers/index.js';
import type { JobMethodDecorator } from './decorated-method.js';
import type { Lazy } from './lazy.js';
import { resolveLazy } from './lazy.js';
import { describeMethod } from './method.metadata.js';
import type { AtJobOptions } from './schedule.options.js';

/**
 * Declares a job that calls the method once in its life: at a date, or as soon after as a process is there to do it.
 * It does not fire again at the next deploy. If the date had passed when the job was stored for the first time, it is
 * recorded as missed.
 *
 * What makes no sense fails the start of the application, with the method named.
 *
 * @param date a Date, ISO text (without an offset: wall-clock time in the zone), or a function that gives either
 * @example
 * ```ts
 * @At('2026-12-31T23:59:00+01:00')
 * async party() {}
 * ```
 * @publicApi
 */
export function At<const A extends readonly JsonValue[] = []>(
  date: Lazy<Date | string>,
  options: AtJobOptions<A> = {},
): JobMethodDecorator<A> {
  return (target, key, descriptor) =>
    describeMethod(
      '@At',
      {
        kind: 'schedule',
        options,
        trigger: async (triggerOptions, ref) => at(await resolveLazy(date, ref), triggerOptions),
      },
      target,
      key,
      descriptor,
    );
}
