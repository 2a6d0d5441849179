import { describe, expect, it } from '@jest/globals';
import { CronTrigger, InvalidTriggerError } from '../../../lib/triggers/index.js';

const NEW_YEAR = '2026-01-01T00:00:00Z';

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
