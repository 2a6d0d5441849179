import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import type { Trigger } from '../../core/trigger.js';

/** Most instants that are visited to count them, for triggers that cannot count by arithmetic. */
const MOST_VISITS = 1000;

/**
 * A trigger in milliseconds, and not trusted: what one of them answers is checked, so that a faulty rule is found out
 * instead of firing for ever.
 */
export class Instants {
  constructor(private readonly trigger: Trigger) {}

  /** First instant strictly later than `after`. */
  next(after: number): number | null {
    const next = this.read(this.trigger.next(new Date(after)));
    if (next !== null && next <= after) {
      throw this.broken('next', next, after);
    }
    return next;
  }

  /** Last instant at or before `atOrBefore`. */
  previous(atOrBefore: number): number | null {
    const previous = this.read(this.trigger.previous(new Date(atOrBefore)));
    if (previous !== null && previous > atOrBefore) {
      throw this.broken('previous', previous, atOrBefore);
    }
    return previous;
  }

  /** Number of instants in `(after, upTo]`; from 1000 on it is a lower bound where the trigger cannot count. */
  count(after: number, upTo: number): number {
    const counted = this.trigger.count?.(new Date(after), new Date(upTo));
    if (counted !== undefined) {
      return counted;
    }
    let count = 0;
    for (let at = this.next(after); at !== null && at <= upTo; at = this.next(at)) {
      count += 1;
      if (count === MOST_VISITS) {
        break;
      }
    }
    return count;
  }

  private read(date: Date | null): number | null {
    if (date === null) {
      return null;
    }
    const instant = date.getTime();
    if (!Number.isInteger(instant)) {
      throw new InvalidTriggerError('instant', date, `${this.trigger} gave a date that is none.`);
    }
    return instant;
  }

  private broken(method: string, gave: number, asked: number): InvalidTriggerError {
    const side = method === 'next' ? 'not later than' : 'later than';
    return new InvalidTriggerError(
      method,
      new Date(gave),
      `${this.trigger} gave an instant ${side} the one that it was asked about, ${new Date(asked).toISOString()}.`,
    );
  }
}
