import { describe, expect, it } from '@jest/globals';
import { CronTrigger, InvalidTriggerError } from '../../../lib/triggers/index.js';
import type { CronFields } from '../../../lib/triggers/index.js';

/** The first fires after `from`, in UTC, shortened to minutes or, where there are seconds, to seconds. */
function fires(fields: CronFields, from: string, count = 3): string[] {
  const trigger = new CronTrigger(fields);
  const found: string[] = [];
  let date = trigger.first(new Date(from));
  while (date && found.length < count) {
    found.push(date.toISOString().replace('.000Z', '').replace(/:00$/, ''));
    date = trigger.next(date);
  }
  return found;
}

const NEW_YEAR = '2026-01-01T00:00:00Z'; // a Thursday

describe('The defaults of cron fields', () => {
  it.each<[CronFields, string[]]>([
    [{ second: 5 }, ['2026-01-01T00:00:05', '2026-01-01T00:01:05']],
    [{ minute: 5 }, ['2026-01-01T00:05', '2026-01-01T01:05']],
    [{ hour: 5 }, ['2026-01-01T05:00', '2026-01-02T05:00']],
    [{ dayOfWeek: 'mon' }, ['2026-01-05T00:00', '2026-01-12T00:00']],
    [{ week: 30 }, ['2026-07-20T00:00', '2026-07-21T00:00']],
    [{ day: 15 }, ['2026-01-15T00:00', '2026-02-15T00:00']],
    [{ month: 6 }, ['2026-06-01T00:00', '2027-06-01T00:00']],
    [{ year: '2027-2028' }, ['2027-01-01T00:00', '2028-01-01T00:00']],
    [{ day: 1, minute: 20 }, ['2026-01-01T00:20', '2026-01-01T01:20']],
    [{ month: 6, hour: 12 }, ['2026-06-01T12:00', '2026-06-02T12:00']],
    [{ year: 2027, second: '*/30' }, ['2027-01-01T00:00', '2027-01-01T00:00:30']],
  ])(
    '%j: before the least significant one everything, after it the minimum',
    (fields, expected) => {
      expect(fires(fields, NEW_YEAR, 2)).toEqual(expected);
    },
  );

  it('ask for at least one field', () => {
    expect(() => new CronTrigger({})).toThrow(InvalidTriggerError);
    expect(() => new CronTrigger({ timezone: 'UTC' })).toThrow(/at least one field/);
    expect(() => new CronTrigger({ hour: undefined })).toThrow(/at least one field/);
  });
});

describe('A cron field', () => {
  it.each<[string, CronFields, string[]]>([
    [
      '* is every value',
      { minute: '*' },
      ['2026-01-01T00:00', '2026-01-01T00:01', '2026-01-01T00:02'],
    ],
    [
      '*/a counts from the minimum',
      { day: '*/10' },
      ['2026-01-01T00:00', '2026-01-11T00:00', '2026-01-21T00:00'],
    ],
    [
      '*/a of months',
      { month: '*/5' },
      ['2026-01-01T00:00', '2026-06-01T00:00', '2026-11-01T00:00'],
    ],
    [
      '*/a of years counts from 1970',
      { year: '*/4' },
      ['2026-01-01T00:00', '2030-01-01T00:00', '2034-01-01T00:00'],
    ],
    [
      '*/a of weekdays counts from Monday',
      { dayOfWeek: '*/2' },
      ['2026-01-02T00:00', '2026-01-04T00:00', '2026-01-05T00:00'],
    ],
    [
      'the longest step',
      { minute: '*/59' },
      ['2026-01-01T00:00', '2026-01-01T00:59', '2026-01-01T01:00'],
    ],
    ['n as a number', { hour: 5 }, ['2026-01-01T05:00', '2026-01-02T05:00', '2026-01-03T05:00']],
    [
      'n as text, with a leading zero',
      { hour: '05' },
      ['2026-01-01T05:00', '2026-01-02T05:00', '2026-01-03T05:00'],
    ],
    [
      'a-b with both ends',
      { hour: '22-23' },
      ['2026-01-01T22:00', '2026-01-01T23:00', '2026-01-02T22:00'],
    ],
    ['a-a', { hour: '5-5' }, ['2026-01-01T05:00', '2026-01-02T05:00', '2026-01-03T05:00']],
    [
      'a-b/c from a',
      { minute: '10-40/15' },
      ['2026-01-01T00:10', '2026-01-01T00:25', '2026-01-01T00:40'],
    ],
    [
      'a/c up to the maximum',
      { minute: '50/5' },
      ['2026-01-01T00:50', '2026-01-01T00:55', '2026-01-01T01:50'],
    ],
    [
      'numbers of weekdays from 0 = Monday',
      { dayOfWeek: 0 },
      ['2026-01-05T00:00', '2026-01-12T00:00', '2026-01-19T00:00'],
    ],
    [
      '6 = Sunday',
      { dayOfWeek: '6' },
      ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00'],
    ],
    [
      'names in any letter case',
      { dayOfWeek: 'MON,Wed' },
      ['2026-01-05T00:00', '2026-01-07T00:00', '2026-01-12T00:00'],
    ],
    [
      'ranges of names',
      { dayOfWeek: 'sat-SUN' },
      ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-10T00:00'],
    ],
    [
      'names of months',
      { month: 'feb,Dec' },
      ['2026-02-01T00:00', '2026-12-01T00:00', '2027-02-01T00:00'],
    ],
    [
      'ranges of months',
      { month: 'jan-mar' },
      ['2026-01-01T00:00', '2026-02-01T00:00', '2026-03-01T00:00'],
    ],
    [
      'nth weekday of the month',
      { day: '2nd fri' },
      ['2026-01-09T00:00', '2026-02-13T00:00', '2026-03-13T00:00'],
    ],
    [
      '5th weekday, in months that have one',
      { day: '5th wed' },
      ['2026-04-29T00:00', '2026-07-29T00:00', '2026-09-30T00:00'],
    ],
    [
      'last weekday of the month',
      { day: 'last FRI' },
      ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-27T00:00'],
    ],
    [
      'last day of the month',
      { day: 'last' },
      ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00'],
    ],
    [
      'last day of February',
      { month: 2, day: 'LAST' },
      ['2026-02-28T00:00', '2027-02-28T00:00', '2028-02-29T00:00'],
    ],
    [
      'days that only some months have',
      { day: 31 },
      ['2026-01-31T00:00', '2026-03-31T00:00', '2026-05-31T00:00'],
    ],
    ['lists', { minute: '7,3,5' }, ['2026-01-01T00:03', '2026-01-01T00:05', '2026-01-01T00:07']],
    [
      'lists with spaces and repeats',
      { minute: ' 3 , 5,3-5/2' },
      ['2026-01-01T00:03', '2026-01-01T00:05', '2026-01-01T01:03'],
    ],
    [
      'lists that mix all forms',
      { day: '1st mon,15,last' },
      ['2026-01-05T00:00', '2026-01-15T00:00', '2026-01-31T00:00'],
    ],
    ['* in a list', { hour: '*,5' }, ['2026-01-01T00:00', '2026-01-01T01:00', '2026-01-01T02:00']],
  ])('%s: %j', (_, fields, expected) => {
    expect(fires(fields, NEW_YEAR)).toEqual(expected);
  });

  it('has to match together with all others, day and weekday too', () => {
    expect(fires({ day: 13, dayOfWeek: 'fri' }, NEW_YEAR)).toEqual([
      '2026-02-13T00:00',
      '2026-03-13T00:00',
      '2026-11-13T00:00',
    ]);
    expect(fires({ day: '1-7', dayOfWeek: 'mon', hour: 9 }, NEW_YEAR)).toEqual([
      '2026-01-05T09:00',
      '2026-02-02T09:00',
      '2026-03-02T09:00',
    ]);
  });

  it('knows ISO weeks where they cross the turn of the year', () => {
    expect(fires({ year: 2019, week: 1 }, '2019-01-01T00:00:00Z', 10)).toEqual([
      ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '12-30', '12-31'].map(
        (day) => `2019-${day}T00:00`,
      ),
    ]);
    expect(fires({ week: 53, dayOfWeek: 'fri' }, '2015-01-01T00:00:00Z')).toEqual([
      '2016-01-01T00:00', // in week 53 of 2015
      '2021-01-01T00:00',
      '2027-01-01T00:00',
    ]);
  });

  it('tells apart years that begin alike, but after a leap year or not', () => {
    expect(fires({ month: 1, day: '1-2', week: '53' }, '1999-01-01T00:00:00Z', 9)).toEqual([
      '1999-01-01T00:00',
      '1999-01-02T00:00',
      '2005-01-01T00:00', // a Saturday after a leap year; 2000 and 2011 began on one after another kind of year
      '2005-01-02T00:00',
      '2010-01-01T00:00',
      '2010-01-02T00:00',
      '2016-01-01T00:00',
      '2016-01-02T00:00',
      '2021-01-01T00:00',
    ]);
  });

  it('finds the rarest days at once', () => {
    expect(fires({ month: 2, day: 29, dayOfWeek: 'mon' }, NEW_YEAR)).toEqual([
      '2044-02-29T00:00',
      '2072-02-29T00:00',
      '2112-02-29T00:00',
    ]);
    expect(fires({ month: 2, day: 29, dayOfWeek: 'tue', year: '2000/100' }, NEW_YEAR)).toEqual([
      '2400-02-29T00:00',
      '2800-02-29T00:00',
      '3200-02-29T00:00',
    ]);
  });
});
