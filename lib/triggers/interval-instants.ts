import type { Instants } from './instants.js';

/** `start`, `start + every`, `start + 2 * every` and so on, up to `end`. */
export class IntervalInstants implements Instants {
  constructor(
    private readonly start: number,
    private readonly every: number,
    private readonly end: number,
  ) {}

  atOrAfter(instant: number): number {
    const found = instant <= this.start ? this.start : this.#atOrBefore(instant - 1) + this.every;
    return found <= this.end ? found : NaN;
  }

  atOrBefore(instant: number): number {
    return instant < this.start ? NaN : this.#atOrBefore(Math.min(instant, this.end));
  }

  count(after: number, upTo: number): number {
    return Math.max(0, this.#upTo(upTo) - this.#upTo(after));
  }

  /** How many there are at `instant` or before. */
  #upTo(instant: number): number {
    const last = Math.min(instant, this.end);
    // The difference is a multiple of `every`, so that the division is exact.
    return last < this.start ? 0 : (this.#atOrBefore(last) - this.start) / this.every + 1;
  }

  #atOrBefore(instant: number): number {
    // By remainder, because a quotient would round where instants and `every` are far apart.
    return instant - ((instant - this.start) % this.every);
  }
}
