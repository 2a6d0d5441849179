import type { SchedulerEvent, SchedulerEventType } from '../../core/events.js';

/** The shape of a member of the event union whose type is, or may be, one of `T`, narrowed to it. */
type Narrow<E extends SchedulerEvent, T extends SchedulerEventType> = E extends SchedulerEvent
  ? [E['type'] & T] extends [never]
    ? never
    : E & { readonly type: E['type'] & T }
  : never;

/**
 * The events of one or more types.
 *
 * @example `EventOf<'job.error' | 'job.missed'>`
 * @publicApi
 */
export type EventOf<T extends SchedulerEventType> = Narrow<SchedulerEvent, T>;
