import type { JobMethodDecorator } from './decorated-method.js';
import { describeMethod } from './method.metadata.js';

/**
 * Calls the method once, `ms` milliseconds after each start of the scheduler's process, as in `@nestjs/schedule`.
 *
 * Because it belongs to the process, its job is not durable: every process has its own, in the memory store
 * `timeouts`, and it is gone when the process ends. Its runs have all else that runs have: events, context, record.
 * For a job that must happen use `@At`, or `addJob` with `at(date)`.
 *
 * @example
 * ```ts
 * @Timeout(5000)
 * async warmUp(ctx: JobContext) {}
 * ```
 * @publicApi
 */
export function Timeout(ms: number): JobMethodDecorator;

/**
 * @param name for people; the id stays `Class.method`
 * @publicApi
 */
export function Timeout(name: string, ms: number): JobMethodDecorator;

export function Timeout(first: number | string, second?: number): JobMethodDecorator {
  const [name, delay] = typeof first === 'string' ? [first, second] : [undefined, first];
  return (target, key, descriptor) =>
    // What is no number is refused when the application starts, like every other delay that makes no sense.
    describeMethod(
      '@Timeout',
      { kind: 'timeout', name, delay: delay ?? NaN },
      target,
      key,
      descriptor,
    );
}
