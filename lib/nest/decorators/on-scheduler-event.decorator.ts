import type { SchedulerEventType } from '../../core/events.js';
import type { EventOf } from '../events/event-of.js';
import type { TypedMethodDecorator } from './decorated-method.js';
import { describeMethod } from './method.metadata.js';

/**
 * Calls the method with every event of the given types, in the order in which they happen; without types, with every
 * event. What it throws, or rejects with, is logged and harms nobody.
 *
 * It hears what this process does. The provider must not be request-scoped.
 *
 * @example
 * ```ts
 * @OnSchedulerEvent('job.error', 'job.missed')
 * alert(event: EventOf<'job.error' | 'job.missed'>) {}
 * ```
 * @publicApi
 */
export function OnSchedulerEvent<const T extends SchedulerEventType = SchedulerEventType>(
  ...types: readonly T[]
): TypedMethodDecorator<[event: EventOf<T>]> {
  return (target, key, descriptor) =>
    describeMethod('@OnSchedulerEvent', { kind: 'listener', types }, target, key, descriptor);
}
