import { describe, expect, it } from '@jest/globals';
import { CronTrigger, InvalidTriggerError } from '../../../lib/triggers/index.js';

function fires(text: string, count = 3, from = '2026-01-01T00:00:00Z'): string[] {
  const trigger = CronTrigger.fromCrontab(text);
  const found: string[] = [];
  let date = trigger.first(new Date(from));
  while (date && found.length < count) {
    found.push(date.toISOString().replace('.000Z', '').replace(/:00$/, ''));
    date = trigger.next(date);
  }
  return found;
}

describe('Crontab text', () => {
  it.each<[string, string, string[]]>([
    [
      '5 fields: minute hour day month weekday',
      '30 5 * * *',
      ['2026-01-01T05:30', '2026-01-02T05:30', '2026-01-03T05:30'],
    ],
    [
      '6 fields: with seconds in front',
      '15 30 5 * * *',
      ['2026-01-01T05:30:15', '2026-01-02T05:30:15', '2026-01-03T05:30:15'],
    ],
    [
      '7 fields: with the year behind',
      '0 30 5 1 1 * 2027-2028',
      ['2027-01-01T05:30', '2028-01-01T05:30'],
    ],
    [
      'a year of any',
      '0 30 5 1 1 * ?',
      ['2026-01-01T05:30', '2027-01-01T05:30', '2028-01-01T05:30'],
    ],
    [
      'years in steps',
      '0 0 0 1 1 * */4',
      ['2026-01-01T00:00', '2030-01-01T00:00', '2034-01-01T00:00'],
    ],
    ['0 = Sunday', '0 0 * * 0', ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00']],
    ['7 = Sunday too', '0 0 * * 7', ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00']],
    [
      '0 and 7 together',
      '0 0 * * 0,7',
      ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00'],
    ],
    ['1 = Monday', '0 0 * * 1', ['2026-01-05T00:00', '2026-01-12T00:00', '2026-01-19T00:00']],
    [
      'a range that ends with 7',
      '0 0 * * 6-7',
      ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-10T00:00'],
    ],
    [
      'names of weekdays',
      '0 0 * * MON,wed',
      ['2026-01-05T00:00', '2026-01-07T00:00', '2026-01-12T00:00'],
    ],
    [
      'names of months',
      '0 0 1 feb-MAR *',
      ['2026-02-01T00:00', '2026-03-01T00:00', '2027-02-01T00:00'],
    ],
    [
      'ranges of names',
      '0 0 * * thu-fri',
      ['2026-01-01T00:00', '2026-01-02T00:00', '2026-01-08T00:00'],
    ],
    [
      'ranges of names up to Sunday',
      '0 0 * * sat-SUN',
      ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-10T00:00'],
    ],
    ['the last day', '0 0 L * *', ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00']],
    [
      'the last day and others',
      '0 0 L,15 * *',
      ['2026-01-15T00:00', '2026-01-31T00:00', '2026-02-15T00:00'],
    ],
    ['the last Friday', '0 0 * * 5L', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-27T00:00']],
    [
      'the second Tuesday',
      '0 0 * * 2#2',
      ['2026-01-13T00:00', '2026-02-10T00:00', '2026-03-10T00:00'],
    ],
    [
      'the first Sunday',
      '0 0 * * sun#1',
      ['2026-01-04T00:00', '2026-02-01T00:00', '2026-03-01T00:00'],
    ],
    [
      '? in a day field',
      '0 0 ? * mon',
      ['2026-01-05T00:00', '2026-01-12T00:00', '2026-01-19T00:00'],
    ],
    ['steps', '*/20 9-17/4 * * *', ['2026-01-01T09:00', '2026-01-01T09:20', '2026-01-01T09:40']],
    [
      'steps from a value',
      '50/5 * * * *',
      ['2026-01-01T00:50', '2026-01-01T00:55', '2026-01-01T01:50'],
    ],
    [
      'lists that overlap',
      '1-5,3,5/30 0 1,1 * *',
      ['2026-01-01T00:01', '2026-01-01T00:02', '2026-01-01T00:03'],
    ],
    [
      'white space of any kind',
      '\t 30  5 *\t* * \n',
      ['2026-01-01T05:30', '2026-01-02T05:30', '2026-01-03T05:30'],
    ],
    ['@yearly', '@yearly', ['2026-01-01T00:00', '2027-01-01T00:00', '2028-01-01T00:00']],
    ['@annually', '@annually', ['2026-01-01T00:00', '2027-01-01T00:00', '2028-01-01T00:00']],
    ['@monthly', '@monthly', ['2026-01-01T00:00', '2026-02-01T00:00', '2026-03-01T00:00']],
    ['@weekly', '@weekly', ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00']],
    ['@daily', '@daily', ['2026-01-01T00:00', '2026-01-02T00:00', '2026-01-03T00:00']],
    ['@midnight', '@MIDNIGHT', ['2026-01-01T00:00', '2026-01-02T00:00', '2026-01-03T00:00']],
    ['@hourly', '@hourly', ['2026-01-01T00:00', '2026-01-01T01:00', '2026-01-01T02:00']],
    ['@weekdays', '@weekdays', ['2026-01-01T00:00', '2026-01-02T00:00', '2026-01-05T00:00']],
    ['@weekends', '@weekends', ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-10T00:00']],
  ])('knows %s: %j', (_, text, expected) => {
    expect(fires(text)).toEqual(expected);
  });

  it('reads overlapping lists of days and months apart from each other', () => {
    expect(fires('0 0 15,30,15 2,3 *')).toEqual([
      '2026-02-15T00:00',
      '2026-03-15T00:00',
      '2026-03-30T00:00',
    ]);
    expect(fires('0 0 * * 1-7,2')).toEqual(fires('0 0 * * *'));
    expect(fires('0 0 * * 6-7,7,sun')).toEqual(fires('0 0 * * sat,sun'));
    expect(fires('0 0 L,1,1 2,2 *')).toEqual([
      '2026-02-01T00:00',
      '2026-02-28T00:00',
      '2027-02-01T00:00',
    ]);
  });

  it('needs one of two restricted day fields to match', () => {
    expect(fires('0 0 13 * 5', 4)).toEqual([
      '2026-01-02T00:00',
      '2026-01-09T00:00',
      '2026-01-13T00:00',
      '2026-01-16T00:00',
    ]);
    expect(fires('0 0 31 2 1', 2)).toEqual(['2026-02-02T00:00', '2026-02-09T00:00']);
    expect(fires('0 0 L * 1#1', 3)).toEqual([
      '2026-01-05T00:00',
      '2026-01-31T00:00',
      '2026-02-02T00:00',
    ]);
  });

  it('takes only a bare * or ? as an open day field', () => {
    expect(fires('0 0 */10 * 1', 3)).toEqual([
      '2026-01-01T00:00',
      '2026-01-05T00:00',
      '2026-01-11T00:00',
    ]);
    expect(fires('0 0 1-31 * 1', 3)).toEqual([
      '2026-01-01T00:00',
      '2026-01-02T00:00',
      '2026-01-03T00:00',
    ]);
    expect(fires('0 0 1 * 0-6', 2)).toEqual(['2026-01-01T00:00', '2026-01-02T00:00']);
    expect(fires('0 0 1 * ?', 2)).toEqual(['2026-01-01T00:00', '2026-02-01T00:00']);
  });

  it('means the same as fields that say the same', () => {
    const text = CronTrigger.fromCrontab('0 30 5 1-15 may-aug *', { timezone: 'Europe/Berlin' });
    const fields = new CronTrigger({
      month: 'may-aug',
      day: '1-15',
      hour: 5,
      minute: 30,
      timezone: 'Europe/Berlin',
    });
    let date: Date | null = new Date('2026-01-01T00:00:00Z');
    for (let count = 0; count < 100 && date; count++) {
      expect(fields.next(date)).toEqual(text.next(date));
      date = text.next(date);
    }
  });
});

describe('Crontab text that makes no sense', () => {
  it.each<[unknown, RegExp]>([
    ['', /It has 0 fields\. Give 5 fields/],
    ['   ', /It has 0 fields/],
    ['*', /It has 1 fields/],
    ['* * * *', /It has 4 fields/],
    ['* * * * * * * *', /It has 8 fields/],
    ['60 * * * *', /Constraint error/],
    ['* 24 * * *', /Constraint error/],
    ['* * 0 * *', /Constraint error/],
    ['* * * 13 *', /Constraint error/],
    ['* * * * 8', /Constraint error/],
    ['5-1 * * * *', /Invalid range/],
    ['*/0 * * * *', /cannot repeat/],
    ['1,,2 * * * *', /Invalid list/],
    ['a b c d e', /Invalid characters/],
    ['* * * * mon#6', /occurrence number/],
    ['* * * foo *', /cannot resolve alias "foo"/],
    ['* * * * L', /unexpected standalone L/],
    ['* * LW * *', /Invalid characters/],
    ['* * 15W * *', /Invalid characters/],
    ['0 0 30 2 *', /Invalid explicit day of month/],
    ['0 0 0 29 2 * 2027', /No date matches/],
    ['0 0 0 1 1 * 1969', /1969 is out of range: year/],
    ['0 0 0 1 1 * soon', /"soon" is not understood/],
    ['H * * * *', /H, a random value, is not supported/],
    ['0 H(1-5) * * *', /H, a random value/],
    ['@reboot', /runOnStart/],
    ['@sometimes', /Give 5 fields/],
    ['@constructor', /Give 5 fields/],
    [`${'0,'.repeat(600)}0 * * * *`, /expression = /],
    [5, /expression = 5/],
    [null, /expression = null/],
    [['* * * * *'], /expression = /],
  ])('%j is refused', (text, message) => {
    const make = (): unknown => new CronTrigger({ expression: text as string });
    expect(make).toThrow(InvalidTriggerError);
    expect(make).toThrow(message);
  });

  it('beside fields is refused', () => {
    expect(() => new CronTrigger({ expression: '* * * * *', hour: 5 })).toThrow(
      /hour = 5\. Give fields or an expression, not both/,
    );
  });
});
