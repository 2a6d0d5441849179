import { DAY_MS, dayToYear, yearToDay } from './civil-date.js';
import { findPeriods } from './find-periods.js';
import type { OffsetProbe } from './offset-probe.js';
import type { ZonePeriod } from './zone-period.js';

/** No zone has ever been further from UTC (Manila and Sitka, before the date line was settled, came closest). */
export const MAX_OFFSET_MS = 16 * 3_600_000;

/**
 * From this year on zones follow their rules for ever; the tables behind Intl name single dates only before. Rules
 * repeat with the calendar, so that later years are known from these, and a search far ahead stays quick and small.
 */
const SETTLED_YEAR = 2200;
const CYCLE_YEARS = 400;
const CYCLE_MS = 146_097 * DAY_MS;

/** No zone has changed its offset before this; the time of the sun was all there was. */
const DAWN = yearToDay(1) * DAY_MS;

/**
 * The offsets of a zone. They are found once per year, then every question is a look-up.
 * Wall-clock times are milliseconds too, counted as if the clock on the wall showed UTC.
 */
export class TimeZone {
  static readonly utc: TimeZone = new TimeZone(0);

  readonly #years = new Map<number, readonly ZonePeriod[]>();
  readonly #probe: OffsetProbe;
  #latest: ZonePeriod;

  /** @param offset local time minus UTC in milliseconds, or what tells it for an instant */
  constructor(offset: number | OffsetProbe) {
    if (typeof offset === 'number') {
      this.#probe = () => offset;
      this.#latest = { start: -Infinity, end: Infinity, offset, before: offset };
    } else {
      this.#probe = offset;
      this.#latest = { start: 0, end: 0, offset: 0, before: 0 };
    }
  }

  /** The period that contains `instant`. Periods end with the year at the latest. */
  periodAt(instant: number): ZonePeriod {
    const latest = this.#latest;
    // Instants come in runs: nearly every question is about the period of the question before.
    if (instant >= latest.start && instant < latest.end) {
      return latest;
    }
    if (instant < DAWN) {
      const offset = this.#probe(DAWN);
      return { start: -Infinity, end: DAWN, offset, before: offset };
    }
    const year = dayToYear(Math.floor(instant / DAY_MS));
    const cycles = Math.max(0, Math.floor((year - SETTLED_YEAR) / CYCLE_YEARS));
    const shift = cycles * CYCLE_MS;
    for (const period of this.#periodsOf(year - cycles * CYCLE_YEARS)) {
      if (instant - shift < period.end) {
        this.#latest = cycles === 0 ? period : later(period, shift);
        break;
      }
    }
    return this.#latest;
  }

  /**
   * The instant of a wall-clock time. One that the clocks skip moves forward by what they skip; one that they show
   * twice is the first.
   */
  toInstant(wall: number): number {
    let period = this.periodAt(wall - MAX_OFFSET_MS);
    while (wall >= period.end + period.offset) {
      period = this.periodAt(period.end);
    }
    const instant = wall - period.offset;
    return instant >= period.start ? instant : wall - period.before;
  }

  /** The wall-clock time at an instant. */
  toWall(instant: number): number {
    return instant + this.periodAt(instant).offset;
  }

  #periodsOf(year: number): readonly ZonePeriod[] {
    let periods = this.#years.get(year);
    if (!periods) {
      periods = findPeriods(year, this.#probe);
      this.#years.set(year, periods);
    }
    return periods;
  }
}

function later({ start, end, offset, before }: ZonePeriod, shift: number): ZonePeriod {
  return { start: start + shift, end: end + shift, offset, before };
}
