import { dateToDay, dayToDate } from '../time-zone/civil-date.js';
import type { CivilDate } from '../time-zone/civil-date.js';
import type { DayRule } from './day-rule.js';
import type { NumberSet } from './number-set.js';
import { yearKind } from './year-kind.js';
import type { YearSet } from './year-set.js';

/**
 * Finds matching days, as numbers of days from 1970-01-01. It goes from one matching year and month to the next,
 * never day by day, and passes years of a kind that has turned out to have no match.
 */
export class DaySearch {
  /** One bit for each kind of year that has no match. */
  #barren = 0;

  constructor(
    private readonly years: YearSet,
    private readonly months: NumberSet,
    private readonly rule: DayRule,
  ) {}

  /** The first matching day that is `day` or later, NaN when there is none. */
  atOrAfter(day: number): number {
    const from = dayToDate(day);
    let tries = this.years.visitsForAllKinds;
    for (
      let year = this.years.atOrAfter(from.year);
      year !== -1 && tries >= 0;
      year = this.years.atOrAfter(year + 1), tries--
    ) {
      const found = this.#isBarren(year) ? NaN : this.#firstIn(year, from);
      if (!Number.isNaN(found)) {
        return found;
      }
    }
    return NaN;
  }

  /** The last matching day that is `day` or earlier, NaN when there is none. */
  atOrBefore(day: number): number {
    const from = dayToDate(day);
    let tries = this.years.visitsForAllKinds;
    for (
      let year = this.years.atOrBefore(from.year);
      year !== -1 && tries >= 0;
      year = this.years.atOrBefore(year - 1), tries--
    ) {
      const found = this.#isBarren(year) ? NaN : this.#lastIn(year, from);
      if (!Number.isNaN(found)) {
        return found;
      }
    }
    return NaN;
  }

  #firstIn(year: number, from: CivilDate): number {
    const isPartial = year === from.year;
    let month = this.months.atOrAfter(isPartial ? from.month : 1);
    while (month !== -1) {
      const mask = isPartial && month === from.month ? -1 << (from.day - 1) : -1;
      const bits = this.rule.daysOf(year, month) & mask;
      if (bits !== 0) {
        return dateToDay(year, month, 32 - Math.clz32(bits & -bits));
      }
      month = this.months.atOrAfter(month + 1);
    }
    return this.#nothingIn(year, isPartial);
  }

  #lastIn(year: number, from: CivilDate): number {
    const isPartial = year === from.year;
    let month = this.months.atOrBefore(isPartial ? from.month : 12);
    while (month !== -1) {
      const mask = isPartial && month === from.month ? -1 >>> (32 - from.day) : -1;
      const bits = this.rule.daysOf(year, month) & mask;
      if (bits !== 0) {
        return dateToDay(year, month, 32 - Math.clz32(bits));
      }
      month = this.months.atOrBefore(month - 1);
    }
    return this.#nothingIn(year, isPartial);
  }

  #isBarren(year: number): boolean {
    return ((this.#barren >> yearKind(year)) & 1) === 1;
  }

  #nothingIn(year: number, isPartial: boolean): number {
    if (!isPartial) {
      this.#barren |= 1 << yearKind(year);
    }
    return NaN;
  }
}
