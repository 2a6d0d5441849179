/** `nth` weekday of a month, 1 to 5, or its last one. */
export interface NthWeekday {
  readonly nth: 1 | 2 | 3 | 4 | 5 | 'last';
  /** 0 is Monday. */
  readonly weekday: number;
}

/** Days of a month that one field of a cron trigger asks for: the union of all that is given here. */
export interface DayPart {
  /** Bit 0 is the first of the month. */
  readonly days: number;
  /** Bit 0 is Monday. */
  readonly weekdays: number;
  readonly lastDay: boolean;
  readonly nthWeekdays: readonly NthWeekday[];
}

/** Bits of all days that a month can have. */
export const ALL_DAYS = 0x7fffffff;

export const EVERY_DAY: DayPart = {
  days: ALL_DAYS,
  weekdays: 0,
  lastDay: false,
  nthWeekdays: [],
};

/**
 * The days that `part` asks for in a month of `length` days that begins on `firstWeekday`.
 * Bit 0 is the first; bits behind the end of the month mean nothing.
 */
export function daysOfMonth(part: DayPart, firstWeekday: number, length: number): number {
  let bits = part.days;
  if (part.weekdays !== 0) {
    const week = (part.weekdays >> firstWeekday) | ((part.weekdays << (7 - firstWeekday)) & 127);
    bits |= week | (week << 7) | (week << 14) | (week << 21) | (week << 28);
  }
  if (part.lastDay) {
    bits |= 1 << (length - 1);
  }
  for (const { nth, weekday } of part.nthWeekdays) {
    const first = (weekday - firstWeekday + 7) % 7;
    const index =
      nth === 'last' ? first + Math.floor((length - 1 - first) / 7) * 7 : first + (nth - 1) * 7;
    if (index < length) {
      bits |= 1 << index;
    }
  }
  return bits;
}
