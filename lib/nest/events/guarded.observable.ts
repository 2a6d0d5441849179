import type { Observer, Subscriber, Subscription, TeardownLogic, UnaryFunction } from 'rxjs';
import { isObservable, Observable } from 'rxjs';

/** Takes the error of a subscriber. Must not throw. */
export type ErrorReport = (error: unknown) => void;

type Subscribe<T> = (subscriber: Subscriber<T>) => TeardownLogic;

/**
 * An Observable whose subscribers cannot hurt the process.
 *
 * rxjs throws what a subscriber throws, and errors that nobody takes, from a timer: an uncaught exception. Its global
 * `onUnhandledError` belongs to the application. So the last observer of every chain that begins here is wrapped: its
 * callbacks, the promises that they return, and errors of operators that it has no callback for are reported.
 */
export class GuardedObservable<T> extends Observable<T> {
  constructor(
    private readonly report: ErrorReport,
    subscribe: Subscribe<T>,
  ) {
    super(subscribe);
  }

  override subscribe(
    observerOrNext?: Partial<Observer<T>> | ((value: T) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    if (isInnerSubscriber(observerOrNext)) {
      return super.subscribe(observerOrNext);
    }
    const observer =
      typeof observerOrNext === 'object' && observerOrNext !== null
        ? observerOrNext
        : {
            next: observerOrNext ?? undefined,
            error: error ?? undefined,
            complete: complete ?? undefined,
          };
    return super.subscribe(this.guard(observer));
  }

  // Every operator gives a plain Observable; what comes out at the end of the pipe is guarded again.
  override pipe(...operators: UnaryFunction<never, unknown>[]): Observable<never> {
    const end = operators.reduce<unknown>((source, operator) => operator(source as never), this);
    if (end === this || !isObservable(end)) {
      return end as Observable<never>;
    }
    const source = end as Observable<never>;
    return new GuardedObservable<never>(this.report, (subscriber) => source.subscribe(subscriber));
  }

  private guard(observer: Partial<Observer<T>>): Observer<T> {
    return {
      next: (value) => this.attempt(() => observer.next?.(value)),
      error: (error) =>
        observer.error ? this.attempt(() => observer.error?.(error)) : this.report(error),
      complete: () => this.attempt(() => observer.complete?.()),
    };
  }

  private attempt(callback: () => unknown): void {
    attempt(callback, this.report);
  }
}

/** Calls back; reports what it throws, and what the promise that it may return is rejected with. */
export function attempt(callback: () => unknown, report: ErrorReport): void {
  try {
    const returned = callback();
    if (isThenable(returned)) {
      Promise.resolve(returned).catch(report);
    }
  } catch (error) {
    report(error);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

/** Operators, and functions such as `firstValueFrom`, subscribe with a Subscriber, which passes errors on by itself. */
function isInnerSubscriber<T>(observer: unknown): observer is Subscriber<T> {
  return (
    typeof observer === 'object' &&
    observer !== null &&
    'add' in observer &&
    typeof observer.add === 'function' &&
    'remove' in observer
  );
}
