/** Milliseconds of a day of 24 hours, which is what a day of wall-clock time always has. */
export const DAY_MS = 86_400_000;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const MONTH_LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Number of days of `month`, 1 to 12. */
export function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month] ?? 0);
}

/** Days from 1970-01-01 to 1 January of `year`, in the Gregorian calendar of all years. */
export function yearToDay(year: number): number {
  const before = year - 1;
  return (
    365 * (year - 1970) +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) -
    477
  );
}

/** Days from 1970-01-01 to the given date. */
export function dateToDay(year: number, month: number, day: number): number {
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return yearToDay(year) + (DAYS_BEFORE_MONTH[month] ?? 0) + leapDay + day - 1;
}

/** The year that holds the `day`-th day from 1970-01-01. */
export function dayToYear(day: number): number {
  // 365.2425 is the mean year, so the guess is off by one at most.
  const guess = 1970 + Math.floor(day / 365.2425);
  if (day < yearToDay(guess)) {
    return guess - 1;
  }
  return day < yearToDay(guess + 1) ? guess : guess + 1;
}

/** The date of the `day`-th day from 1970-01-01. */
export function dayToDate(day: number): CivilDate {
  const year = dayToYear(day);
  const ordinal = day - yearToDay(year);
  const leap = isLeapYear(year) ? 1 : 0;
  // No month is longer than 31 days, so the guess is right or one too small.
  let month = Math.floor(ordinal / 31) + 1;
  const nextMonth = month + 1;
  if (
    nextMonth <= 12 &&
    ordinal >= (DAYS_BEFORE_MONTH[nextMonth] ?? 0) + (nextMonth > 2 ? leap : 0)
  ) {
    month = nextMonth;
  }
  const before = (DAYS_BEFORE_MONTH[month] ?? 0) + (month > 2 ? leap : 0);
  return { year, month, day: ordinal - before + 1 };
}

/** Weekday of the `day`-th day from 1970-01-01, a Thursday: 0 is Monday, 6 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** ISO 8601 week, 1 to 53, of the `day`-th day from 1970-01-01. */
export function isoWeekOf(day: number): number {
  // A week belongs to the year that its Thursday is in.
  const thursday = day - weekdayOf(day) + 3;
  return Math.floor((thursday - yearToDay(dayToYear(thursday))) / 7) + 1;
}
