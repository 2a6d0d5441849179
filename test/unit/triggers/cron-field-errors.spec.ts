import { describe, expect, it } from '@jest/globals';
import { CronTrigger, InvalidTriggerError } from '../../../lib/triggers/index.js';
import type { CronFields } from '../../../lib/triggers/index.js';

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
    expect(past.next(new Date('2026-01-01T00:00:00Z'))).toBeNull();
    expect(past.first(new Date('2026-01-01T00:00:00Z'))).toBeNull();
    expect(past.previous(new Date('2026-01-01T00:00:00Z'))?.toISOString()).toBe(
      '2020-01-01T00:00:00.000Z',
    );
  });

  it('refuses options that it does not know', () => {
    expect(() => new CronTrigger({ hours: 5 } as CronFields)).toThrow(
      /hours = 5\. A cron trigger has no such option/,
    );
  });
});
