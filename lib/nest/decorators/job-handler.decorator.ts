import type { TypedMethodDecorator } from './decorated-method.js';
import { describeMethod } from './method.metadata.js';

/**
 * Makes the method a handler that jobs added at run time refer to by name. It is called with the job's arguments and,
 * after them, the `JobContext`.
 *
 * @param name what jobs call it. Default: `Class.method`. Stored with every job, so give one that outlives a renaming
 * of the class.
 * @example
 * ```ts
 * @JobHandler('mail.send')
 * async send(to: string, subject: string, ctx: JobContext) {}
 *
 * await scheduler.addJob({ handler: 'mail.send', args: ['a@b.c', 'hi'], trigger: at(date) });
 * ```
 * @publicApi
 */
export function JobHandler(name?: string): TypedMethodDecorator<never[]> {
  return (target, key, descriptor) =>
    describeMethod('@JobHandler', { kind: 'handler', name }, target, key, descriptor);
}
