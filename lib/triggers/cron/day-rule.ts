import { dateToDay, isoWeekOf, monthLength, weekdayOf } from '../time-zone/civil-date.js';
import { ALL_DAYS, daysOfMonth } from './day-part.js';
import type { DayPart } from './day-part.js';
import type { NumberSet } from './number-set.js';
import { YEAR_KINDS, yearKind } from './year-kind.js';

export interface DayRuleParts {
  readonly monthDays: DayPart;
  readonly weekdays: DayPart;
  /** ISO weeks, or `null` for all. */
  readonly weeks: NumberSet | null;
  /** Whether a day that only one of `monthDays` and `weekdays` asks for is enough, as crontab has it. */
  readonly either: boolean;
}

const UNKNOWN = -1;

/** Which days of a month match. Each month is worked out once per kind of year. */
export class DayRule {
  readonly #parts: DayRuleParts;
  /** Days by kind of year and month; made when first needed, because many triggers never look past today. */
  #table: Int32Array | null = null;

  constructor(parts: DayRuleParts) {
    this.#parts = parts;
  }

  /** The matching days of `month`, bit 0 being the first. */
  daysOf(year: number, month: number): number {
    this.#table ??= new Int32Array(YEAR_KINDS * 12).fill(UNKNOWN);
    const cell = yearKind(year) * 12 + month - 1;
    let bits = this.#table[cell] ?? UNKNOWN;
    if (bits === UNKNOWN) {
      bits = this.#work(year, month);
      this.#table[cell] = bits;
    }
    return bits;
  }

  #work(year: number, month: number): number {
    const { monthDays, weekdays, weeks, either } = this.#parts;
    const length = monthLength(year, month);
    const first = dateToDay(year, month, 1);
    const byDate = daysOfMonth(monthDays, weekdayOf(first), length);
    const byWeekday = daysOfMonth(weekdays, weekdayOf(first), length);
    const bits = (either ? byDate | byWeekday : byDate & byWeekday) & (ALL_DAYS >>> (31 - length));
    return weeks ? bits & daysOfWeeks(weeks, first, length) : bits;
  }
}

function daysOfWeeks(weeks: NumberSet, first: number, length: number): number {
  let bits = 0;
  for (let index = 0; index < length; index++) {
    if (weeks.has(isoWeekOf(first + index))) {
      bits |= 1 << index;
    }
  }
  return bits;
}
