import type { JobContext } from '../../core/job-context.js';
import type { JsonValue } from '../../core/json.js';

/**
 * A decorator for methods that can be called with the arguments `A` and a context after them; for any other method
 * it is a compile error. Where the number of arguments is not known to the compiler, every method will do.
 *
 * The descriptor is optional only so that `applyDecorators()` takes it.
 *
 * @publicApi
 */
export type JobMethodDecorator<A extends readonly JsonValue[] = []> = <
  M extends (number extends A['length']
    ? (...args: never[]) => unknown
    : (...args: [...A, JobContext]) => unknown),
>(
  target: object,
  key: string | symbol,
  descriptor?: TypedPropertyDescriptor<M>,
) => void;

/**
 * A decorator for methods that take `P`.
 *
 * @publicApi
 */
export type TypedMethodDecorator<P extends readonly unknown[]> = <
  M extends (...args: P) => unknown,
>(
  target: object,
  key: string | symbol,
  descriptor?: TypedPropertyDescriptor<M>,
) => void;
