import { describe, expect, it } from '@jest/globals';
import {
  calendarInterval,
  CalendarIntervalTrigger,
  InvalidTriggerError,
  preview,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import type { CalendarIntervalOptions } from '../../../lib/triggers/index.js';

function fires(options: CalendarIntervalOptions, from: string, count = 4): string[] {
  return preview(calendarInterval(options), count, new Date(from)).map((date) =>
    date.toISOString().replace(':00.000Z', 'Z'),
  );
}

describe('A calendar interval trigger', () => {
  it.each<[string, CalendarIntervalOptions, string[]]>([
    [
      'days',
      { days: 10, startDate: '2026-01-25' },
      ['2026-01-25', '2026-02-04', '2026-02-14', '2026-02-24'],
    ],
    [
      'weeks',
      { weeks: 2, startDate: '2026-01-25' },
      ['2026-01-25', '2026-02-08', '2026-02-22', '2026-03-08'],
    ],
    [
      'months',
      { months: 1, startDate: '2026-01-15' },
      ['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15'],
    ],
    [
      'months from a 31st, where there is one',
      { months: 1, startDate: '2026-01-31' },
      ['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31'],
    ],
    [
      'years',
      { years: 2, startDate: '2026-01-31' },
      ['2026-01-31', '2028-01-31', '2030-01-31', '2032-01-31'],
    ],
    [
      'years from a leap day',
      { years: 1, startDate: '2024-02-29' },
      ['2028-02-29', '2032-02-29', '2036-02-29', '2040-02-29'],
    ],
    [
      'centuries from a leap day',
      { years: 100, startDate: '2000-02-29' },
      ['2400-02-29', '2800-02-29', '3200-02-29', '3600-02-29'],
    ],
    [
      'months and days, each step whole',
      { months: 1, days: 1, startDate: '2026-01-30' },
      ['2026-01-30', '2026-04-01', '2026-05-03', '2026-06-03'],
    ],
    [
      'years and weeks',
      { years: 1, weeks: 1, startDate: '2026-01-01' },
      ['2026-01-01', '2027-01-08', '2028-01-15', '2029-01-22'],
    ],
  ])('counts %s from its start: %j', (_, options, expected) => {
    expect(fires(options, '2026-01-01T00:00Z')).toEqual(expected.map((day) => `${day}T00:00Z`));
  });

  it('fires first at or after now, on a day that is whole steps after its start', () => {
    const options = { months: 1, startDate: '2020-01-31', hour: 9 };
    expect(fires(options, '2026-01-31T09:00Z', 1)).toEqual(['2026-01-31T09:00Z']);
    expect(fires(options, '2026-01-31T09:01Z', 1)).toEqual(['2026-03-31T09:00Z']);
    expect(fires({ days: 3, startDate: '1999-12-31' }, '2026-01-01T00:00Z', 2)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-04T00:00Z',
    ]);
  });

  it('keeps the time of day through changes of clocks', () => {
    const options = { days: 1, hour: 2, minute: 30, timezone: 'Europe/Berlin' };
    expect(fires({ ...options, startDate: '2026-03-28' }, '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T01:30Z',
      '2026-03-29T01:30Z', // 3:30, there is no 2:30
      '2026-03-30T00:30Z',
    ]);
    expect(fires({ ...options, startDate: '2026-10-24' }, '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T00:30Z',
      '2026-10-25T00:30Z', // the first of two
      '2026-10-26T01:30Z',
    ]);
    expect(
      fires(
        { days: 1, hour: 9, startDate: '2011-12-28', timezone: 'Pacific/Apia' },
        '2011-12-29T00:00Z',
        3,
      ),
    ).toEqual([
      '2011-12-29T19:00Z',
      '2011-12-30T19:00Z', // the 30th was skipped and became the 31st
      '2011-12-31T19:00Z',
    ]);
  });

  it('begins and ends on days, both included', () => {
    const options = {
      days: 1,
      hour: 12,
      startDate: '2026-01-10',
      endDate: '2026-01-11',
      timezone: 'Asia/Tokyo',
    };
    expect(fires(options, '2026-01-01T00:00Z')).toEqual(['2026-01-10T03:00Z', '2026-01-11T03:00Z']);
    const trigger = new CalendarIntervalTrigger(options);
    expect(trigger.previous(new Date('2030-01-01T00:00Z'))?.toISOString()).toBe(
      '2026-01-11T03:00:00.000Z',
    );
    expect(trigger.previous(new Date('2026-01-10T02:59Z'))).toBeNull();
    expect(fires({ ...options, endDate: '2026-01-10' }, '2026-01-01T00:00Z')).toEqual([
      '2026-01-10T03:00Z',
    ]);
  });

  it('obeys the time of a start or end that has one', () => {
    const options = {
      days: 1,
      hour: 12,
      startDate: '2026-01-10 13:00',
      endDate: '2026-01-12T11:00:00Z',
    };
    expect(fires(options, '2026-01-01T00:00Z')).toEqual(['2026-01-11T12:00Z']);
  });

  it('counts from the day when its job is added, without a start', () => {
    const now = new Date('2026-01-30T23:30:00Z');
    const trigger = triggerFrom(calendarInterval({ months: 1, hour: 9 }));
    const bound = trigger.bind({ now, timezone: 'Europe/Berlin' });
    expect(bound.toJSON()).toEqual({
      type: 'calendarInterval',
      version: 1,
      months: 1,
      hour: 9,
      startDate: '2026-01-31',
      timezone: 'Europe/Berlin',
    });
    expect(bound.first(now)?.toISOString()).toBe('2026-01-31T08:00:00.000Z');
    expect(trigger.first(now)?.toISOString()).toBe('2026-03-30T09:00:00.000Z');
    const over = triggerFrom(calendarInterval({ months: 1, endDate: '2026-01-01' }));
    expect(over.bind({ now, timezone: 'UTC' }).first(now)).toBeNull();
  });

  it('looks back as far as its start', () => {
    const trigger = new CalendarIntervalTrigger({ months: 1, startDate: '2026-01-31', hour: 9 });
    expect(trigger.previous(new Date('2026-03-31T08:59Z'))?.toISOString()).toBe(
      '2026-01-31T09:00:00.000Z',
    );
    expect(trigger.previous(new Date('2026-01-31T08:59Z'))).toBeNull();
    expect(trigger.previous(new Date(8.64e15))?.toISOString()).toBe('9999-12-31T09:00:00.000Z');
    expect(trigger.next(new Date(8.64e15))).toBeNull();
    expect(trigger.next(new Date('9999-12-31T09:00Z'))).toBeNull();
  });

  it('goes on for all of time in equal steps, forward and back', () => {
    for (const step of [
      { days: 1 },
      { days: 45 },
      { months: 1 },
      { months: 7, days: 3 },
      { years: 3 },
    ]) {
      const trigger = new CalendarIntervalTrigger({
        ...step,
        startDate: '1999-08-29',
        hour: 4,
        timezone: 'America/New_York',
      });
      const forward: string[] = [];
      let date: Date | null = new Date('1999-01-01T00:00Z');
      for (date = trigger.next(date); date && forward.length < 300; date = trigger.next(date)) {
        forward.push(date.toISOString());
        expect(trigger.previous(date)).toEqual(date);
        expect(trigger.first(date)).toEqual(date);
      }
      const backward: string[] = [];
      for (
        date = new Date(forward.at(-1)!);
        date;
        date = trigger.previous(new Date(date.getTime() - 1))
      ) {
        backward.unshift(date.toISOString());
        date = trigger.previous(date)!;
      }
      expect(backward).toEqual(forward);
    }
  });

  it.each<[CalendarIntervalOptions, RegExp]>([
    [{}, /days = undefined\. Give at least one of years, months, weeks and days/],
    [{ days: 0 }, /days = 0\. Give at least one/],
    [{ days: -1 }, /days = -1\. Give a whole number, 0 to/],
    [{ months: 0.5 }, /months = 0.5/],
    [{ years: 1e9 }, /years = 1000000000/],
    [{ days: '1' as never }, /days = "1"/],
    [{ days: 1, hour: 25 }, /hour = 25\. Give a whole number, 0 to 23/],
    [{ days: 1, minute: 60 }, /minute = 60/],
    [{ days: 1, second: -1 }, /second = -1/],
    [{ days: 1, startDate: '2026-02-30' }, /startDate = "2026-02-30"/],
    [
      { days: 1, startDate: '2026-02-02', endDate: '2026-02-01' },
      /endDate = "2026-02-01"\. It must not be earlier/,
    ],
  ])('refuses %j', (options, message) => {
    expect(() => calendarInterval(options)).toThrow(InvalidTriggerError);
    expect(() => calendarInterval(options)).toThrow(message);
  });
});
