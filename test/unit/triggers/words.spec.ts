import { describe, expect, it } from '@jest/globals';
import {
  allOf,
  anyOf,
  at,
  calendarInterval,
  cron,
  interval,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import type { TriggerJson } from '../../../lib/triggers/index.js';

describe('A trigger in plain words', () => {
  it.each<[string, TriggerJson]>([
    ['every second', cron('* * * * * *')],
    ['every 10 seconds', cron({ second: '*/10' })],
    ['every minute', cron('* * * * *')],
    ['every 5 minutes', cron('*/5 * * * *')],
    ['every 5 minutes', cron('0 */5 * * * *')],
    ['every hour', cron('@hourly')],
    ['every 2 hours', cron('0 */2 * * *')],
    ['at minute 10 of every hour', cron('10 * * * *')],
    ['at minute 10 and 40 of every hour', cron('10,40 * * * *')],
    ['at minute 5 of every 2nd hour', cron('5 */2 * * *')],
    ['at second 30 of every minute', cron('30 * * * * *')],
    ['at 05:30 every day', cron('30 5 * * *')],
    ['at 00:00 every day', cron('@daily')],
    ['at 05:30:15 every day', cron('15 30 5 * * *')],
    ['at 05:30 and 17:30 every day', cron('30 5,17 * * *')],
    ['at 05:30 on Monday to Friday', cron('30 5 * * mon-fri')],
    ['at 05:30 on Saturday and Sunday', cron('30 5 * * sat,7')],
    ['at 00:00 on the 1st of the month', cron('@monthly')],
    ['at 00:00 on the 1st of the month in January', cron('@yearly')],
    ['at 00:00 on the 1st to 15th of the month in May to August', cron('0 0 1-15 may-aug *')],
    ['at 00:00 on the 1st to 3rd and 11th to 13th of the month', cron({ day: '1,2,3,11-13' })],
    ['at 00:00 on the last day of the month', cron('0 0 L * *')],
    [
      'at 09:00 on the 2nd Friday and last Sunday of the month',
      cron({ day: '2nd fri,last sun', hour: 9 }),
    ],
    ['at 09:00 on the 1st Monday of the month', cron('0 9 * * mon#1')],
    ['at 09:00 on the last Friday of the month', cron('0 9 * * 5L')],
    [
      'at 09:00 on the 13th of the month if it is a Friday',
      cron({ day: 13, dayOfWeek: 'fri', hour: 9 }),
    ],
    ['at 09:00 on the 13th of the month and on every Friday', cron('0 9 13 * fri')],
    ['every 5 minutes from 09:00 to 17:59 on Monday to Friday', cron('*/5 9-17 * * 1-5')],
    ['every minute of hour 9, 11 and 13', cron('* 9,11,13 * * *')],
    ['every hour from 09:00 to 17:00', cron('0 9-17 * * *')],
    ['every 3 hours from 09:00 to 21:00', cron('0 9,12,15,18,21 * * *')],
    ['at minute 1 to 10 of every hour', cron('1-10 * * * *')],
    ['every 7 minutes from minute 0 to 56 of every hour', cron({ minute: '*/7' })],
    ['every 15 seconds of minute 5 of every hour', cron('*/15 5 * * * *')],
    ['at second 10 and 40 of every minute from 09:00 to 17:59', cron('10,40 * 9-17 * * *')],
    ['every second of every 2nd minute', cron('* */2 * * * *')],
    ['at minute 5 and 20 of every 2nd hour from 8 to 18', cron('5,20 8-18/2 * * *')],
    ['at 00:00 on every 2nd day from the 1st to 29th of the month', cron('0 0 1-30/2 * *')],
    ['at 00:00 on Monday, Wednesday, Friday and Sunday', cron({ dayOfWeek: '*/2' })],
    ['at 00:00 in ISO week 30', cron({ week: 30 })],
    ['at 00:00 on Monday in ISO week 1 to 10', cron({ week: '1-10', dayOfWeek: 'mon' })],
    ['at 00:00 on the 1st of the month in January in 2027 and 2028', cron({ year: '2027-2028' })],
    [
      'at 12:00 on the 29th of the month in February in every 4th year from 1972',
      cron({ year: '1972/4', month: 2, day: 29, hour: 12 }),
    ],
    ['at 05:30 every day (Europe/Berlin)', cron('30 5 * * *', { timezone: 'Europe/Berlin' })],
    [
      'every 5 minutes from 2026-01-01 until 2026-12-31 23:59:00 UTC, except 2026-05-01 and what another rule says, 3 times at most, up to 5 seconds late',
      cron('*/5 * * * *', {
        startDate: '2026-01-01',
        endDate: '2026-12-31T23:59:00.000Z',
        except: ['2026-05-01', cron({ dayOfWeek: 'sun' })],
        maxFires: 3,
        jitter: 5000,
      }),
    ],
    ['every 5 minutes', interval({ minutes: 5 })],
    ['every second', interval(1000)],
    ['every 1 hour 30 minutes', interval({ minutes: 90 })],
    ['every week', interval({ days: 7 })],
    ['every 8 days', interval({ days: 8 })],
    ['every 250 milliseconds', interval(250)],
    [
      'every 2 hours from 2010-10-10 09:30:00',
      interval({ hours: 2 }, { startDate: '2010-10-10 09:30:00' }),
    ],
    [
      'once at 2026-12-31 23:59 (Europe/Berlin)',
      at('2026-12-31 23:59', { timezone: 'Europe/Berlin' }),
    ],
    ['once at 2026-12-31 23:59:00 UTC', at(new Date('2026-12-31T23:59:00Z'))],
    ['once at 2026-12-31 23:59:00+01:00', at('2026-12-31T23:59:00+01:00')],
    [
      'every month at 09:00 from 2026-01-31',
      calendarInterval({ months: 1, hour: 9, startDate: '2026-01-31' }),
    ],
    ['every 2 weeks at 00:00', calendarInterval({ weeks: 2 })],
    [
      'every 1 year 2 months 3 days at 01:02:03',
      calendarInterval({ years: 1, months: 2, days: 3, hour: 1, minute: 2, second: 3 }),
    ],
    [
      'every day at 00:00; or every 5 minutes',
      anyOf(calendarInterval({ days: 1 }), interval({ minutes: 5 })),
    ],
    [
      'at 09:00 on the 13th of the month; and at once at 09:00 on Friday',
      allOf(cron('0 9 13 * *'), cron('0 9 * * fri')),
    ],
  ])('is %j', (words, json) => {
    expect(String(triggerFrom(json))).toBe(words);
  });
});
