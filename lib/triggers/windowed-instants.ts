import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import type { Instants } from './instants.js';
import type { OptionReader } from './options/option-reader.js';
import { MAX_OFFSET_MS } from './time-zone/time-zone.js';

/** From when to when, both included; infinite where it is open. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Those of some instants that lie in a window. */
export function within(inner: Instants, { from, to }: TimeWindow): Instants {
  const isOpen = from === -Infinity && to === Infinity;
  return isOpen ? inner : new WindowedInstants(inner, from, to);
}

class WindowedInstants implements Instants {
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

/** The window that `startDate` and `endDate` leave open. */
export function readWindow(options: OptionReader): TimeWindow {
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
