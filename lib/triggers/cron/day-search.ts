import { dateToDay, dayToDate } from '../time-zone/civil-date.js';
import type { DayRule } from './day-rule.js';
import type { NumberSet } from './number-set.js';
import type { YearSet } from './year-set.js';

/**
 * Finds matching days, as numbers of days from 1970-01-01. It goes from one matching year and month to the next,
 * never day by day, and ends with the last year of the year set.
 */
export class DaySearch {
  constructor(
    private readonly years: YearSet,
    private readonly months: NumberSet,
    private readonly rule: DayRule,
  ) {}

  /** The first matching day that is `day` or later, NaN when there is none. */
  atOrAfter(day: number): number {
    const from = dayToDate(day);
    for (
      let year = this.years.atOrAfter(from.year);
      year !== -1;
      year = this.years.atOrAfter(year + 1)
    ) {
      let month = this.months.atOrAfter(year === from.year ? from.month : 1);
      while (month !== -1) {
        const partial = year === from.year && month === from.month;
        const bits = this.rule.daysOf(year, month) & (partial ? -1 << (from.day - 1) : -1);
        if (bits !== 0) {
          return dateToDay(year, month, 32 - Math.clz32(bits & -bits));
        }
        month = this.months.atOrAfter(month + 1);
      }
    }
    return NaN;
  }

  /** The last matching day that is `day` or earlier, NaN when there is none. */
  atOrBefore(day: number): number {
    const from = dayToDate(day);
    for (
      let year = this.years.atOrBefore(from.year);
      year !== -1;
      year = this.years.atOrBefore(year - 1)
    ) {
      let month = this.months.atOrBefore(year === from.year ? from.month : 12);
      while (month !== -1) {
        const partial = year === from.year && month === from.month;
        const bits = this.rule.daysOf(year, month) & (partial ? -1 >>> (32 - from.day) : -1);
        if (bits !== 0) {
          return dateToDay(year, month, 32 - Math.clz32(bits));
        }
        month = this.months.atOrBefore(month - 1);
      }
    }
    return NaN;
  }
}
