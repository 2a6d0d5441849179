import { CALENDAR_CYCLE } from './year-kind.js';

/** Years outside of these match no cron trigger: nothing was scheduled before 1970, and text has four digits. */
export const FIRST_YEAR = 1970;
export const LAST_YEAR = 9999;

/** `from`, `from + step` and so on, up to `to`. */
export interface YearRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The union of some ranges of years: nearest members come from arithmetic, so that `*` costs no table of years. */
export class YearSet {
  static readonly all: YearSet = new YearSet([{ from: FIRST_YEAR, to: LAST_YEAR, step: 1 }]);

  /** After so many members in a row every kind of year that it has was among them. */
  readonly visitsForAllKinds: number;

  constructor(readonly ranges: readonly YearRange[]) {
    // The kinds of years in equal steps repeat after so many steps at most; with several ranges there is no such rule.
    this.visitsForAllKinds = ranges.length === 1 ? CALENDAR_CYCLE : LAST_YEAR;
  }

  /** The least member that is `year` or more, -1 when there is none. */
  atOrAfter(year: number): number {
    let nearest = -1;
    for (const { from, to, step } of this.ranges) {
      const member = year <= from ? from : from + Math.ceil((year - from) / step) * step;
      if (member <= to && (nearest === -1 || member < nearest)) {
        nearest = member;
      }
    }
    return nearest;
  }

  /** The greatest member that is `year` or less, -1 when there is none. */
  atOrBefore(year: number): number {
    let nearest = -1;
    for (const { from, to, step } of this.ranges) {
      const member = from + Math.floor((Math.min(year, to) - from) / step) * step;
      if (member >= from && member > nearest) {
        nearest = member;
      }
    }
    return nearest;
  }
}
