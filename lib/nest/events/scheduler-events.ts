import { Injectable, Logger } from '@nestjs/common';
import type { Observable, Subscriber } from 'rxjs';
import { describeValue } from '../../core/errors/describe-value.js';
import type { SchedulerEvent } from '../../core/events.js';
import type { ErrorReport } from './guarded.observable.js';
import { GuardedObservable } from './guarded.observable.js';

/** Hands the events of the scheduler to everyone who subscribed, in the order in which they were emitted. */
@Injectable()
export class SchedulerEvents {
  private readonly logger = new Logger('SchedulerEvents');
  private readonly subscribers = new Set<Subscriber<SchedulerEvent>>();
  private readonly ownSubscribers = new Set<Subscriber<SchedulerEvent>>();
  private readonly waiting: { readonly event: SchedulerEvent; readonly isRemote: boolean }[] = [];
  private delivering = false;

  readonly events$ = this.observable(this.subscribers);

  /** Without those that other processes told of. */
  readonly own$ = this.observable(this.ownSubscribers);

  /**
   * Delivers before it returns, unless it is called by a subscriber: then the event waits until the one at hand has
   * reached everyone, so that all see the same order.
   *
   * @param isRemote whether it happened in another process
   */
  emit(event: SchedulerEvent, isRemote = false): void {
    this.waiting.push({ event, isRemote });
    if (this.delivering) {
      return;
    }
    this.delivering = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      this.deliver(next.event, this.subscribers);
      if (!next.isRemote) {
        this.deliver(next.event, this.ownSubscribers);
      }
    }
    this.delivering = false;
  }

  /** Where errors of a subscriber go. */
  reporter(who: string): ErrorReport {
    return (error) => {
      try {
        this.logger.error(
          error instanceof Error
            ? `${who} failed: ${error.message}`
            : `${who} threw ${describeValue(error)}.`,
          error instanceof Error ? error.stack : undefined,
        );
      } catch {
        // A logger of the application that fails has nowhere to complain, and must not stop the scheduler.
      }
    };
  }

  private observable(subscribers: Set<Subscriber<SchedulerEvent>>): Observable<SchedulerEvent> {
    return new GuardedObservable(this.reporter('A subscriber of events$'), (subscriber) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    });
  }

  private deliver(event: SchedulerEvent, to: ReadonlySet<Subscriber<SchedulerEvent>>): void {
    // A copy: who subscribes now gets the next event first.
    for (const subscriber of [...to]) {
      try {
        subscriber.next(event);
      } catch (error) {
        // Only a Subscriber of somebody's own making gets here.
        this.reporter('A subscriber of events$')(error);
      }
    }
  }
}
