import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NumberSet } from '../../../lib/triggers/cron/number-set.js';
import { YearSet } from '../../../lib/triggers/cron/year-set.js';
import {
  dateToDay,
  dayToDate,
  dayToYear,
  isoWeekOf,
  monthLength,
  weekdayOf,
  yearToDay,
} from '../../../lib/triggers/time-zone/civil-date.js';

const DAY = 86_400_000;

describe('The calendar', () => {
  it('agrees with Date on every day of four centuries and on days far off', () => {
    const days = [
      ...Array.from({ length: 146_097 }, (_, index) => index + dateToDay(1870, 1, 1)),
      ...Array.from({ length: 2000 }, (_, index) => index * 2011 - 719_000),
    ];
    const wrong = days.filter((day) => {
      const date = new Date(day * DAY);
      const { year, month, day: dayOfMonth } = dayToDate(day);
      return (
        year !== date.getUTCFullYear() ||
        month !== date.getUTCMonth() + 1 ||
        dayOfMonth !== date.getUTCDate() ||
        weekdayOf(day) !== (date.getUTCDay() + 6) % 7 ||
        dayToYear(day) !== year ||
        dateToDay(year, month, dayOfMonth) !== day
      );
    });
    expect(wrong).toEqual([]);
  });

  it('knows how long months are', () => {
    for (const year of [1900, 2000, 2023, 2024, 2100, 2400]) {
      for (let month = 1; month <= 12; month++) {
        expect(monthLength(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
      }
    }
  });

  it('knows ISO weeks: that of 4 January is the first, and weeks begin on Monday', () => {
    for (let year = 1970; year < 2400; year++) {
      const fourth = dateToDay(year, 1, 4);
      const monday = fourth - weekdayOf(fourth);
      expect(isoWeekOf(monday)).toBe(1);
      expect(isoWeekOf(monday - 1)).toBeGreaterThanOrEqual(52);
      expect(isoWeekOf(monday + 7 * 51 + 6)).toBe(52);
    }
    expect(isoWeekOf(dateToDay(2020, 12, 31))).toBe(53);
    expect(isoWeekOf(dateToDay(2021, 1, 3))).toBe(53);
    expect(yearToDay(1970)).toBe(0);
  });
});

describe('A set of numbers', () => {
  const numbers = fc.uniqueArray(fc.nat(63), { maxLength: 64 });

  it('finds the nearest member on either side', () => {
    fc.assert(
      fc.property(numbers, fc.nat(63), (values, value) => {
        const set = NumberSet.of(values);
        const later = values.filter((member) => member >= value);
        const earlier = values.filter((member) => member <= value);
        expect(set.atOrAfter(value)).toBe(later.length > 0 ? Math.min(...later) : -1);
        expect(set.atOrBefore(value)).toBe(Math.max(-1, ...earlier));
        expect(set.has(value)).toBe(values.includes(value));
        expect(set.values()).toEqual(values.toSorted((a, b) => a - b));
        expect(set.size).toBe(values.length);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('has nothing outside of 0 to 63', () => {
    const all = NumberSet.range(0, 63);
    expect([all.atOrAfter(64), all.atOrBefore(-1), all.first, all.last, all.size]).toEqual([
      -1, -1, 0, 63, 64,
    ]);
    expect([NumberSet.empty.first, NumberSet.empty.last]).toEqual([-1, -1]);
  });
});

describe('A set of years', () => {
  const ranges = fc.array(
    fc.record({
      from: fc.integer({ min: 1970, max: 2000 }),
      length: fc.nat(40),
      step: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 3 },
  );

  it('finds the nearest member on either side', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1960, max: 2050 }), (given, year) => {
        const set = new YearSet(
          given.map(({ from, length, step }) => ({ from, to: from + length, step })),
        );
        const members = given.flatMap(({ from, length, step }) =>
          Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => from + index * step),
        );
        const later = members.filter((member) => member >= year);
        const earlier = members.filter((member) => member <= year);
        expect(set.atOrAfter(year)).toBe(later.length > 0 ? Math.min(...later) : -1);
        expect(set.atOrBefore(year)).toBe(Math.max(-1, ...earlier));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
