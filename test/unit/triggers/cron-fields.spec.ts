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

describe('A cron field that makes no sense', () => {
  it.each<[CronFields, RegExp]>([
    [{ minute: '' }, /minute = "".*not understood/],
    [{ day: '?' }, /day = "\?".*not understood/],
    [{ day: 'L' }, /day = "L".*not understood/],
    [{ hour: '-1' }, /hour = "-1".*not understood/],
    [{ hour: -1 }, /hour = -1.*not understood/],
    [{ hour: 5.5 }, /hour = 5.5.*not understood/],
    [{ hour: '5.0' }, /hour = "5.0".*not understood/],
    [{ hour: NaN }, /hour = NaN/],
    [{ hour: Infinity }, /hour = Infinity/],
    [{ hour: '5 10' }, /hour = "5 10".*not understood/],
    [{ hour: '1,,2' }, /hour = "1,,2".*not understood/],
    [{ hour: '1,' }, /hour = "1,".*not understood/],
    [{ hour: '5-' }, /not understood/],
    [{ hour: '*/' }, /not understood/],
    [{ hour: '*5' }, /not understood/],
    [{ hour: '1-2-3' }, /not understood/],
    [{ hour: '1/2/3' }, /not understood/],
    [{ hour: 'mon' }, /not understood/],
    [{ day: '6th fri' }, /not understood/],
    [{ day: 'mon' }, /not understood/],
    [{ day: 'last-1' }, /not understood/],
    [{ day: 'lastfoo' }, /not understood/],
    [{ day: '1st monday' }, /"monday" is no weekday: use mon, tue/],
    [{ day: '1st 0' }, /"0" is no weekday/],
    [{ dayOfWeek: 'mon#2' }, /"mon#2" is not understood/],
    [{ dayOfWeek: 'mon-fri/2' }, /"mon-fri\/2" is not understood/],
    [{ dayOfWeek: 'last fri' }, /not understood/],
    [{ month: 'jan-mar/2' }, /"jan-mar\/2" is not understood/],
    [{ month: 'jan-3' }, /not understood/],
    [{ month: 'january' }, /"january" is no name of a value: use jan, feb/],
    [{ dayOfWeek: 'monday' }, /"monday" is no name of a value: use mon, tue/],
    [{ year: 1969 }, /1969 is out of range: year goes from 1970 to 9999/],
    [{ year: 10_000 }, /out of range/],
    [{ month: 0 }, /0 is out of range: month goes from 1 to 12/],
    [{ month: 13 }, /out of range/],
    [{ day: 0 }, /out of range/],
    [{ day: '30-32' }, /32 is out of range: day goes from 1 to 31/],
    [{ week: 0 }, /out of range/],
    [{ week: 54 }, /out of range/],
    [{ dayOfWeek: 7 }, /7 is out of range: dayOfWeek goes from 0 to 6/],
    [{ hour: 24 }, /out of range/],
    [{ minute: 60 }, /out of range/],
    [{ second: '0-60' }, /out of range/],
    [{ minute: '*/0' }, /step .* must be 1 or more/],
    [{ minute: '*/60' }, /step 60 is longer than the way from 0 to 59/],
    [{ minute: '50/15' }, /step 15 is longer/],
    [{ minute: '5-5/1' }, /step 1 is longer/],
    [{ hour: '22-2' }, /runs backwards.*"22-23,0-2"/],
    [{ dayOfWeek: 'fri-mon' }, /runs backwards.*"fri-sun,mon"/],
    [{ month: 'dec-feb' }, /runs backwards.*"dec,jan-feb"/],
  ])('%j is refused by its name, with its value and a cure', (fields, message) => {
    expect(() => new CronTrigger(fields)).toThrow(InvalidTriggerError);
    expect(() => new CronTrigger(fields)).toThrow(message);
    expect(() => new CronTrigger(fields)).toThrow(
      new RegExp(`Invalid trigger: ${Object.keys(fields)[0]} = `),
    );
  });

  it.each([true, null, [], {}, () => 1, Symbol('x'), 1n])(
    'neither number nor text, such as %p, is refused',
    (value) => {
      expect(() => new CronTrigger({ hour: value as never })).toThrow(InvalidTriggerError);
    },
  );

  it.each<CronFields>([
    { month: 2, day: 30 },
    { month: '4,6,9,11', day: 31 },
    { month: 2, day: 29, year: 2027 },
    { month: 2, day: 29, year: '*/4' }, // 1970, 1974, ...
    { month: 2, day: '5th mon', year: '2025-2027' },
    { week: 30, month: 1 },
    { day: '1st mon', dayOfWeek: 'tue' },
    { week: 53, year: 2027, month: 12 },
  ])('%j never happens and is refused', (fields) => {
    expect(() => new CronTrigger(fields)).toThrow(/No date matches/);
  });

  it('that only the past has is no mistake', () => {
    const past = new CronTrigger({ year: 2020 });
    expect(past.next(new Date(NEW_YEAR))).toBeNull();
    expect(past.first(new Date(NEW_YEAR))).toBeNull();
    expect(past.previous(new Date(NEW_YEAR))?.toISOString()).toBe('2020-01-01T00:00:00.000Z');
  });

  it('refuses options that it does not know', () => {
    expect(() => new CronTrigger({ hours: 5 } as CronFields)).toThrow(
      /hours = 5\. A cron trigger has no such option/,
    );
  });
});

describe('The next fire of a cron trigger', () => {
  const minutely = new CronTrigger({ minute: '*' });

  it('is strictly later, the first one may be now', () => {
    const date = new Date('2026-01-01T00:05:00Z');
    expect(minutely.first(date)).toEqual(date);
    expect(minutely.next(date)?.toISOString()).toBe('2026-01-01T00:06:00.000Z');
    expect(minutely.previous(date)).toEqual(date);
  });

  it('is at a full second', () => {
    const everySecond = new CronTrigger({ second: '*' });
    expect(everySecond.first(new Date('2026-01-01T00:00:00.001Z'))?.toISOString()).toBe(
      '2026-01-01T00:00:01.000Z',
    );
    expect(everySecond.previous(new Date('2026-01-01T00:00:00.999Z'))?.toISOString()).toBe(
      '2026-01-01T00:00:00.000Z',
    );
  });

  it('ends with the year 9999 and begins with 1970', () => {
    const yearly = new CronTrigger({ month: 1 });
    expect(yearly.next(new Date('9998-06-01T00:00:00Z'))?.toISOString()).toBe(
      '9999-01-01T00:00:00.000Z',
    );
    expect(yearly.next(new Date('9999-06-01T00:00:00Z'))).toBeNull();
    expect(yearly.next(new Date(8.64e15))).toBeNull();
    expect(yearly.next(new Date(-8.64e15))?.toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(yearly.previous(new Date(8.64e15))?.toISOString()).toBe('9999-01-01T00:00:00.000Z');
    expect(yearly.previous(new Date('1969-12-31T00:00:00Z'))).toBeNull();
    const tokyo = new CronTrigger({ month: 1, timezone: 'Asia/Tokyo' });
    expect(tokyo.next(new Date(-8.64e15))?.toISOString()).toBe('1969-12-31T15:00:00.000Z');
    expect(tokyo.previous(new Date('1969-12-31T14:59:59Z'))).toBeNull();
  });

  it('stays between startDate and endDate, both included', () => {
    const limited = new CronTrigger({
      hour: 12,
      startDate: '2026-01-10 12:00',
      endDate: '2026-01-12T12:00:00Z',
    });
    expect(limited.first(new Date(NEW_YEAR))?.toISOString()).toBe('2026-01-10T12:00:00.000Z');
    expect(limited.next(new Date('2026-01-11T12:00:00Z'))?.toISOString()).toBe(
      '2026-01-12T12:00:00.000Z',
    );
    expect(limited.next(new Date('2026-01-12T12:00:00Z'))).toBeNull();
    expect(limited.previous(new Date('2027-01-01T00:00:00Z'))?.toISOString()).toBe(
      '2026-01-12T12:00:00.000Z',
    );
    expect(limited.previous(new Date('2026-01-10T11:59:59Z'))).toBeNull();
  });

  it('takes an endDate without a time as the midnight at which the day begins', () => {
    const limited = new CronTrigger({
      hour: '*/12',
      endDate: '2026-01-02',
      timezone: 'Europe/Berlin',
    });
    expect(limited.next(new Date('2026-01-01T20:00:00Z'))?.toISOString()).toBe(
      '2026-01-01T23:00:00.000Z',
    );
    expect(limited.next(new Date('2026-01-01T23:00:00Z'))).toBeNull();
  });

  it('rounds a start within a second up', () => {
    const started = new CronTrigger({ second: '*', startDate: '2026-01-01T00:00:00.500Z' });
    expect(started.first(new Date(0))?.toISOString()).toBe('2026-01-01T00:00:01.000Z');
  });

  it('refuses dates that are none', () => {
    expect(() => minutely.next(new Date(NaN))).toThrow(/after = Invalid Date\. Give a valid Date/);
    expect(() => minutely.first('2026-01-01' as never)).toThrow(InvalidTriggerError);
    expect(() => minutely.previous(undefined as never)).toThrow(InvalidTriggerError);
  });
});
