import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import type { Instants } from './instants.js';
import type { OptionReader } from './options/option-reader.js';
import { MAX_OFFSET_MS } from './time-zone/time-zone.js';

/** Those of some instants that lie between `from` and `to`, both included. */
export class WindowedInstants implements Instants {
  constructor(
    private readonly inner: Instants,
    private readonly from: number,
    private readonly to: number,
  ) {}

  atOrAfter(instant: number): number {
    if (instant > this.to) {
      return NaN;
    }
    const found = this.inner.atOrAfter(Math.max(instant, this.from));
    return found <= this.to ? found : NaN;
  }

  atOrBefore(instant: number): number {
    if (instant < this.from) {
      return NaN;
    }
    const found = this.inner.atOrBefore(Math.min(instant, this.to));
    return found >= this.from ? found : NaN;
  }
}

/** The instants that `startDate` and `endDate` leave. */
export function withinDates(inner: Instants, options: OptionReader): Instants {
  const { from, to } = readWindow(options);
  return from === -Infinity && to === Infinity ? inner : new WindowedInstants(inner, from, to);
}

/** `startDate` and `endDate` as instants, infinite where they are not given. */
export function readWindow(options: OptionReader): { from: number; to: number } {
  const from = options.date('startDate') ?? -Infinity;
  const to = options.date('endDate') ?? Infinity;
  // Which one is earlier may depend on a zone that is still to come.
  const slack =
    options.isFloating('startDate') === options.isFloating('endDate') ? 0 : MAX_OFFSET_MS;
  if (from > to + slack) {
    const cure = 'It must not be earlier than startDate.';
    throw new InvalidTriggerError('endDate', options.get('endDate'), cure);
  }
  return { from, to };
}
