import { isLeapYear, weekdayOf, yearToDay } from '../time-zone/civil-date.js';

/** Weekdays of 1 January, times leap year or not, times whether the year before is one. */
export const YEAR_KINDS = 28;

/** After so many years the calendar repeats, weekdays included. */
export const CALENDAR_CYCLE = 400;

const KINDS = Uint8Array.from({ length: CALENDAR_CYCLE }, (_, year) => {
  const leap = isLeapYear(year) ? 2 : 0;
  const leapBefore = isLeapYear(year - 1) ? 1 : 0;
  return weekdayOf(yearToDay(year)) * 4 + leap + leapBefore;
});

/** Years of one kind have the same weekdays and ISO weeks on the same dates. 0 to {@link YEAR_KINDS} - 1. */
export function yearKind(year: number): number {
  return KINDS[year % CALENDAR_CYCLE] ?? 0;
}
