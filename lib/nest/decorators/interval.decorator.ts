import type { Duration } from '../../core/duration.js';
import type { JsonValue } from '../../core/json.js';
import { interval } from '../../triggers/index.js';
import type { JobMethodDecorator } from './decorated-method.js';
import type { Lazy } from './lazy.js';
import { resolveLazy } from './lazy.js';
import { describeMethod } from './method.metadata.js';
import type { IntervalJobOptions } from './schedule.options.js';

/**
 * Declares a job that calls the method every so often, first one interval after the job is stored for the first time.
 * It does not begin anew at each start of the application.
 *
 * What makes no sense fails the start of the application, with the method named.
 *
 * @param duration milliseconds, units such as `{ minutes: 5 }`, or a function that gives either at the start
 * @example
 * ```ts
 * @Interval({ minutes: 5 })
 * async visits(ctx: JobContext) {}
 * ```
 * @publicApi
 */
export function Interval<const A extends readonly JsonValue[] = []>(
  duration: Lazy<Duration>,
  options?: IntervalJobOptions<A>,
): JobMethodDecorator<A>;

/**
 * The form of `@nestjs/schedule`.
 *
 * @param name for people; the id stays `Class.method`
 * @param duration milliseconds, or units such as `{ minutes: 5 }`
 * @publicApi
 */
export function Interval(name: string, duration: Lazy<Duration>): JobMethodDecorator;

export function Interval(
  first: Lazy<Duration> | string,
  second: Lazy<Duration> | IntervalJobOptions = {},
): JobMethodDecorator<JsonValue[]> {
  const [duration, options] =
    typeof first === 'string'
      ? [second as Lazy<Duration>, { name: first }]
      : [first, second as IntervalJobOptions];
  return (target, key, descriptor) =>
    describeMethod(
      '@Interval',
      {
        kind: 'schedule',
        options,
        trigger: async (triggerOptions, ref) =>
          interval(await resolveLazy(duration, ref), triggerOptions),
      },
      target,
      key,
      descriptor,
    );
}
