/**
 * What a zone's clocks show, minute by minute, as Intl tells it: slow, plain, and made without anything of the library,
 * to check the library by.
 */
export class ClockOracle {
  readonly #format: Intl.DateTimeFormat;

  constructor(timezone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The wall-clock time at an instant, in milliseconds as if it were UTC. */
  wallAt(instant: number): number {
    const numbers = this.#format.format(instant).split(/\D+/).map(Number);
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = numbers;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (instant % 1000);
  }

  /** All changes of the clocks in `[from, to)` that a look every 6 hours reveals: the first instant after each. */
  changes(from: number, to: number): number[] {
    const changes: number[] = [];
    const look = 6 * 3_600_000;
    let offset = this.wallAt(from) - from;
    for (let instant = from + look; instant < to; instant += look) {
      const offsetThen = this.wallAt(instant) - instant;
      if (offsetThen !== offset) {
        let low = instant - look;
        let high = instant;
        while (high - low > 1000) {
          const middle = low + Math.floor((high - low) / 2000) * 1000;
          if (this.wallAt(middle) - middle === offset) {
            low = middle;
          } else {
            high = middle;
          }
        }
        changes.push(high);
        offset = offsetThen;
      }
    }
    return changes;
  }

  /** The clock at every minute of `[from, to)` and of a day before and after. */
  film(from: number, to: number): ClockFilm {
    const margin = 30 * 3_600_000;
    // Some clocks of old were off by half a minute.
    const step = from % 60_000 === 0 ? 60_000 : 30_000;
    const frames: ClockFrame[] = [];
    for (let instant = from - margin; instant < to + margin; instant += step) {
      frames.push({ instant, wall: this.wallAt(instant) });
    }
    return new ClockFilm(frames, step, from, to);
  }
}

interface ClockFrame {
  readonly instant: number;
  readonly wall: number;
}

/** A stretch of time with a look at the clock in each minute. */
export class ClockFilm {
  constructor(
    private readonly frames: readonly ClockFrame[],
    private readonly step: number,
    private readonly from: number,
    private readonly to: number,
  ) {}

  /**
   * The instants at which a trigger fires whose wall-clock times satisfy `matches`, by the rule of the clock changes,
   * applied literally.
   */
  instants(everyHour: boolean, matches: (wall: number) => boolean): number[] {
    const shown = new Set<number>();
    const fired = new Set<number>();
    let last: ClockFrame | undefined;
    for (const frame of this.frames) {
      const { instant, wall } = frame;
      if (matches(wall) && (everyHour || !shown.has(wall))) {
        fired.add(instant);
      }
      if (!everyHour && last) {
        // Skipped times move forward by what the clocks skip: they keep the offset from before.
        for (let skipped = last.wall + this.step; skipped < wall; skipped += this.step) {
          if (matches(skipped)) {
            fired.add(skipped - (last.wall - last.instant));
          }
        }
      }
      shown.add(wall);
      last = frame;
    }
    return [...fired]
      .filter((instant) => instant >= this.from && instant < this.to)
      .sort((a, b) => a - b);
  }
}
