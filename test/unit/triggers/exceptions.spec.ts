import { describe, expect, it } from '@jest/globals';
import {
  allOf,
  anyOf,
  at,
  calendarInterval,
  cron,
  CronTrigger,
  interval,
  IntervalTrigger,
  InvalidTriggerError,
  preview,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import type { TriggerInput } from '../../../lib/triggers/index.js';

function fires(trigger: TriggerInput, from: string, count = 4): string[] {
  return preview(trigger, count, new Date(from)).map((date) =>
    date.toISOString().replace('.000Z', 'Z').replace(':00Z', 'Z'),
  );
}

describe('The exceptions of a trigger', () => {
  it('may be whole days in its zone', () => {
    const trigger = cron('0 9 * * *', {
      except: ['2026-12-25', '2026-12-26'],
      timezone: 'America/New_York',
    });
    expect(fires(trigger, '2026-12-24T00:00Z', 3)).toEqual([
      '2026-12-24T14:00Z',
      '2026-12-27T14:00Z',
      '2026-12-28T14:00Z',
    ]);
    expect(triggerFrom(trigger).previous(new Date('2026-12-27T13:59Z'))?.toISOString()).toBe(
      '2026-12-24T14:00:00.000Z',
    );
  });

  it('may be instants', () => {
    const trigger = cron('0 9 * * *', {
      except: [new Date('2026-12-25T09:00Z'), '2026-12-26 09:00', '2026-12-27 10:00'],
    });
    expect(fires(trigger, '2026-12-24T00:00Z', 3)).toEqual([
      '2026-12-24T09:00Z',
      '2026-12-27T09:00Z',
      '2026-12-28T09:00Z',
    ]);
    expect(trigger.except).toEqual([
      '2026-12-25T09:00:00.000Z',
      '2026-12-26 09:00',
      '2026-12-27 10:00',
    ]);
  });

  it('may be one value instead of a list', () => {
    expect(fires(cron('@daily', { except: '2026-01-02' }), '2026-01-01T00:00Z', 2)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-03T00:00Z',
    ]);
    expect(fires(cron('@daily', { except: at('2026-01-02') }), '2026-01-01T00:00Z', 2)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-03T00:00Z',
    ]);
  });

  it('may be a trigger, of which a cron trigger lasts as long as its finest field', () => {
    const hourly = (except: TriggerInput): string[] =>
      fires(cron('0 * * * *', { except }), '2026-12-25T10:00Z', 3);
    expect(hourly(cron({ month: 12, day: 25 }))).toEqual([
      '2026-12-26T00:00Z',
      '2026-12-26T01:00Z',
      '2026-12-26T02:00Z',
    ]);
    expect(hourly(cron({ hour: '11-12' }))).toEqual([
      '2026-12-25T10:00Z',
      '2026-12-25T13:00Z',
      '2026-12-25T14:00Z',
    ]);
    expect(hourly(cron('0 11 * * *'))).toEqual([
      '2026-12-25T10:00Z',
      '2026-12-25T12:00Z',
      '2026-12-25T13:00Z',
    ]);
    expect(hourly(cron('@weekends'))).toEqual([
      '2026-12-25T10:00Z',
      '2026-12-25T11:00Z',
      '2026-12-25T12:00Z',
    ]);
    expect(hourly(interval({ hours: 2 }, { startDate: '2026-01-01' }))).toEqual([
      '2026-12-25T11:00Z',
      '2026-12-25T13:00Z',
      '2026-12-25T15:00Z',
    ]);
    const often = cron('*/20 * * * * *', { except: cron('1 10 * * *') });
    expect(fires(often, '2026-12-25T10:00:40Z', 3)).toEqual([
      '2026-12-25T10:00:40Z',
      '2026-12-25T10:02Z',
      '2026-12-25T10:02:20Z',
    ]);
    const seconds = cron('*/20 * * * * *', { except: cron('20 1 10 * * *') });
    expect(fires(seconds, '2026-12-25T10:01Z', 2)).toEqual([
      '2026-12-25T10:01Z',
      '2026-12-25T10:01:40Z',
    ]);
  });

  it('are days and hours in the zone of the trigger, through changes of clocks', () => {
    const nights = cron(
      { minute: 0 },
      { except: cron({ hour: '0-5' }), timezone: 'Europe/Berlin' },
    );
    expect(fires(nights, '2026-10-24T21:00Z', 2)).toEqual([
      '2026-10-24T21:00Z',
      '2026-10-25T05:00Z',
    ]); // 23:00, 6:00
    const halfPastTwo = cron('30 2 * * *', {
      except: cron('30 2 * * sun'),
      timezone: 'Europe/Berlin',
    });
    expect(fires(halfPastTwo, '2026-03-28T00:00Z', 2)).toEqual([
      '2026-03-28T01:30Z',
      '2026-03-30T00:30Z',
    ]);
  });

  it('keep the zone and the dates of their own', () => {
    const tokyo = cron({ day: 1 }, { timezone: 'Asia/Tokyo', startDate: '2026-02-01' });
    expect(fires(cron('0 16 * * *', { except: tokyo }), '2025-12-30T17:00Z', 2)).toEqual([
      '2025-12-31T16:00Z',
      '2026-01-01T16:00Z',
    ]);
    expect(fires(cron('0 16 * * *', { except: tokyo }), '2026-01-30T17:00Z', 2)).toEqual([
      '2026-02-01T16:00Z',
      '2026-02-02T16:00Z',
    ]);
  });

  it('may be composed', () => {
    const friday13 = allOf(cron({ day: 13 }), cron({ dayOfWeek: 'fri' }));
    expect(fires(cron('0 9 * * *', { except: friday13 }), '2026-02-12T00:00Z', 3)).toEqual([
      '2026-02-12T09:00Z',
      '2026-02-14T09:00Z',
      '2026-02-15T09:00Z',
    ]);
    const daysOff = anyOf(cron({ dayOfWeek: 'sat,sun' }), cron({ day: 1, month: 5 }));
    expect(fires(cron('0 9 * * *', { except: daysOff }), '2026-04-30T00:00Z', 2)).toEqual([
      '2026-04-30T09:00Z',
      '2026-05-04T09:00Z',
    ]);
  });

  it('of an exception mean that it is its instants only', () => {
    const except = cron({ month: 12, day: '24-26', hour: 9 }, { except: '2026-12-25' });
    expect(fires(cron('0 9 * * *', { except }), '2026-12-24T00:00Z', 2)).toEqual([
      '2026-12-25T09:00Z',
      '2026-12-27T09:00Z',
    ]);
  });

  it('work for intervals and calendar intervals', () => {
    const every = interval(
      { hours: 6 },
      { startDate: '2026-01-01', except: ['2026-01-01 06:00', '2026-01-02'] },
    );
    expect(fires(every, '2026-01-01T00:00Z', 4)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-01T12:00Z',
      '2026-01-01T18:00Z',
      '2026-01-03T00:00Z',
    ]);
    expect(triggerFrom(every)).not.toHaveProperty('count');
    const monthly = calendarInterval({
      months: 1,
      startDate: '2026-01-01',
      except: cron({ dayOfWeek: 'sun' }),
    });
    expect(fires(monthly, '2026-01-01T00:00Z', 3)).toEqual([
      '2026-01-01T00:00Z',
      '2026-04-01T00:00Z',
      '2026-05-01T00:00Z',
    ]);
  });

  it('are bound with their trigger', () => {
    const trigger = new IntervalTrigger({
      days: 1,
      startDate: '2026-01-01',
      except: ['2026-01-02', cron({ day: 3 })],
    });
    const bound = trigger.bind({ now: new Date('2026-01-01T00:00Z'), timezone: 'Asia/Tokyo' });
    expect(bound.toJSON()).toEqual({
      type: 'interval',
      version: 1,
      days: 1,
      startDate: '2026-01-01',
      timezone: 'Asia/Tokyo',
      except: ['2026-01-02', { type: 'cron', version: 1, day: 3, timezone: 'Asia/Tokyo' }],
    });
    expect(fires(bound, '2026-01-01T00:00Z', 2)).toEqual([
      '2026-01-03T15:00Z',
      '2026-01-04T15:00Z',
    ]);
  });

  it('leave out long stretches without going through what is in them', () => {
    const everySecond = new CronTrigger({ second: '*', except: cron({ month: '1-11' }) });
    expect(everySecond.next(new Date('2026-01-01T00:00Z'))?.toISOString()).toBe(
      '2026-12-01T00:00:00.000Z',
    );
    expect(everySecond.previous(new Date('2026-11-30T00:00Z'))?.toISOString()).toBe(
      '2025-12-31T23:59:59.000Z',
    );
  });

  it('that leave nothing end the search with an error', () => {
    const nothing = new CronTrigger({ second: '*', except: cron({ hour: '*' }) });
    expect(() => nothing.next(new Date('2026-01-01T00:00Z'))).toThrow(InvalidTriggerError);
    expect(() => nothing.previous(new Date('2026-01-01T00:00Z'))).toThrow(
      /except = .*Leave out less/,
    );
  });

  it.each<[unknown, RegExp]>([
    ['noon', /except = "noon"\. Give a Date, or ISO text/],
    [['2026-01-01', 'noon'], /except\[1\] = "noon"/],
    [[5], /except\[0\] = 5/],
    [[null], /except\[0\] = null/],
    [5, /except = 5/],
    [null, /except = null/],
    [{}, /except = \{\}\. Give a trigger/],
    [[{ type: 'cron', hour: 25 }], /hour = 25/],
    [[new Date(NaN)], /except\[0\] = Invalid Date/],
    [Array.from({ length: 5001 }, () => '2026-01-01'), /except = "5001 items"\. Give 5000 at most/],
  ])('may not be %j', (except, message) => {
    expect(() => cron('@daily', { except: except as never })).toThrow(InvalidTriggerError);
    expect(() => cron('@daily', { except: except as never })).toThrow(message);
  });
});
