import type { OperatorFunction } from 'rxjs';
import { filter } from 'rxjs';
import type { SchedulerEvent, SchedulerEventType } from '../../core/events.js';
import type { EventOf } from './event-of.js';

/**
 * Lets through the events of the given types only, and tells the compiler which they are.
 *
 * @example
 * scheduler.events$.pipe(ofType('job.error', 'job.missed')).subscribe((event) => alert(event.jobId));
 * @publicApi
 */
export function ofType<const T extends SchedulerEventType>(
  ...types: readonly T[]
): OperatorFunction<SchedulerEvent, EventOf<T>> {
  const wanted = new Set<SchedulerEventType>(types);
  return filter((event): event is EventOf<T> => wanted.has(event.type));
}
