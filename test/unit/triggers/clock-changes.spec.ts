import { describe, expect, it } from '@jest/globals';
import { cron, CronTrigger, preview } from '../../../lib/triggers/index.js';
import type { CronFields } from '../../../lib/triggers/index.js';

/** The first fires from `from` on, in UTC. */
function fires(timezone: string, fields: CronFields, from: string, count: number): string[] {
  return preview(cron(fields, { timezone }), count, new Date(from)).map((date) =>
    date.toISOString().replace(':00.000Z', 'Z'),
  );
}

describe('A cron trigger, when clocks spring forward,', () => {
  it('moves a time that does not exist forward by the gap', () => {
    expect(fires('America/New_York', { hour: 2, minute: 30 }, '2026-03-07T12:00Z', 2)).toEqual([
      '2026-03-08T07:30Z', // 03:30, there is no 02:30
      '2026-03-09T06:30Z',
    ]);
  });

  it('fires once where a moved time meets one that exists', () => {
    expect(fires('America/New_York', { hour: '2-3' }, '2026-03-08T00:00Z', 3)).toEqual([
      '2026-03-08T07:00Z',
      '2026-03-09T06:00Z',
      '2026-03-09T07:00Z',
    ]);
  });

  it('keeps all times of an hour that does not exist', () => {
    expect(fires('America/New_York', { hour: 2, minute: '*/15' }, '2026-03-08T00:00Z', 4)).toEqual([
      '2026-03-08T07:00Z',
      '2026-03-08T07:15Z',
      '2026-03-08T07:30Z',
      '2026-03-08T07:45Z',
    ]);
  });

  it('puts moved times and those that follow the gap in order', () => {
    expect(
      fires('America/New_York', { hour: '2,3', minute: '0,40' }, '2026-03-08T00:00Z', 3),
    ).toEqual(['2026-03-08T07:00Z', '2026-03-08T07:40Z', '2026-03-09T06:00Z']);
    const mixed = fires('Australia/Lord_Howe', { hour: 2, minute: '*/10' }, '2026-10-03T15:00Z', 6);
    expect(mixed).toEqual([
      '2026-10-03T15:30Z', // 02:30, moved from 02:00 and also itself
      '2026-10-03T15:40Z',
      '2026-10-03T15:50Z',
      '2026-10-04T15:00Z',
      '2026-10-04T15:10Z',
      '2026-10-04T15:20Z',
    ]);
  });

  it('follows elapsed time when the hour is left open', () => {
    expect(fires('America/New_York', { minute: '*/30' }, '2026-03-08T06:30Z', 3)).toEqual([
      '2026-03-08T06:30Z', // 01:30
      '2026-03-08T07:00Z', // 03:00
      '2026-03-08T07:30Z',
    ]);
    expect(fires('America/New_York', { hour: '*', minute: 0 }, '2026-03-08T06:00Z', 3)).toEqual([
      '2026-03-08T06:00Z',
      '2026-03-08T07:00Z',
      '2026-03-08T08:00Z',
    ]);
    expect(fires('America/New_York', { hour: '0-23', minute: 0 }, '2026-03-08T07:00Z', 1)).toEqual([
      '2026-03-08T07:00Z',
    ]);
  });

  it('keeps a daily midnight where the gap is at midnight', () => {
    expect(fires('America/Sao_Paulo', { hour: 0 }, '2018-11-03T12:00Z', 2)).toEqual([
      '2018-11-04T03:00Z', // 01:00
      '2018-11-05T02:00Z',
    ]);
    expect(fires('America/Santiago', { hour: 0 }, '2026-09-05T12:00Z', 2)).toEqual([
      '2026-09-06T04:00Z',
      '2026-09-07T03:00Z',
    ]);
    expect(fires('Asia/Beirut', { hour: 0 }, '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-28T22:00Z',
      '2026-03-29T21:00Z',
    ]);
  });

  it('fires once for a day that was skipped and the one it became', () => {
    expect(fires('Pacific/Apia', { hour: 9 }, '2011-12-29T00:00Z', 3)).toEqual([
      '2011-12-29T19:00Z', // the 29th
      '2011-12-30T19:00Z', // the 31st: there was no 30th
      '2011-12-31T19:00Z',
    ]);
    expect(fires('Pacific/Apia', { day: 30, hour: 9 }, '2011-12-01T00:00Z', 2)).toEqual([
      '2011-12-30T19:00Z', // 9:00 on the 31st
      '2012-01-29T19:00Z',
    ]);
    expect(
      fires('Pacific/Apia', { day: 30, month: 12, minute: '*/20' }, '2011-12-29T00:00Z', 1),
    ).toEqual([
      '2012-12-29T10:00Z', // the hour is open: what does not exist does not fire
    ]);
  });
});

describe('A cron trigger, when clocks go back,', () => {
  it('fires the first time only', () => {
    expect(fires('America/New_York', { hour: 1, minute: 30 }, '2026-10-31T12:00Z', 2)).toEqual([
      '2026-11-01T05:30Z',
      '2026-11-02T06:30Z',
    ]);
    expect(fires('America/New_York', { hour: '*/2' }, '2026-11-01T04:00Z', 2)).toEqual([
      '2026-11-01T04:00Z', // 00:00
      '2026-11-01T07:00Z', // 02:00
    ]);
  });

  it('follows elapsed time when the hour is left open', () => {
    expect(fires('America/New_York', { minute: '*/30' }, '2026-11-01T05:00Z', 5)).toEqual([
      '2026-11-01T05:00Z',
      '2026-11-01T05:30Z',
      '2026-11-01T06:00Z', // 01:00 again
      '2026-11-01T06:30Z',
      '2026-11-01T07:00Z',
    ]);
  });

  it('repeats half an hour at Lord Howe', () => {
    expect(fires('Australia/Lord_Howe', { minute: 45 }, '2026-04-04T14:00Z', 3)).toEqual([
      '2026-04-04T14:45Z', // 01:45
      '2026-04-04T15:15Z', // 01:45 again
      '2026-04-04T16:15Z',
    ]);
    expect(fires('Australia/Lord_Howe', { hour: 1, minute: 45 }, '2026-04-04T14:00Z', 2)).toEqual([
      '2026-04-04T14:45Z',
      '2026-04-05T15:15Z',
    ]);
  });

  it('keeps an hour of a day that comes again after midnight', () => {
    const day = { day: 16, month: 2, year: 2019, minute: 30 };
    const first = new CronTrigger({ day: 1, minute: 30, timezone: 'America/Havana' });
    expect(first.previous(new Date('2026-11-01T05:10:00Z'))?.toISOString()).toBe(
      '2026-11-01T04:30:00.000Z', // 0:30 before it was midnight again
    );
    expect(fires('America/Sao_Paulo', day, '2019-02-17T00:00Z', 4)).toEqual([
      '2019-02-17T00:30Z',
      '2019-02-17T01:30Z', // 23:30
      '2019-02-17T02:30Z', // 23:30 again, in the night to the 17th
    ]);
  });
});

describe('A cron trigger asked from inside a change of clocks', () => {
  const halfPastTwo = new CronTrigger({ hour: 2, minute: 30, timezone: 'Europe/Berlin' });

  it('finds the moved time from any instant before it, and only then', () => {
    const moved = new Date('2026-03-29T01:30:00Z');
    expect(halfPastTwo.next(new Date('2026-03-29T01:29:59.999Z'))).toEqual(moved);
    expect(halfPastTwo.next(moved)?.toISOString()).toBe('2026-03-30T00:30:00.000Z');
    expect(halfPastTwo.first(moved)).toEqual(moved);
    expect(halfPastTwo.previous(moved)).toEqual(moved);
    expect(halfPastTwo.previous(new Date('2026-03-29T01:29:59.999Z'))?.toISOString()).toBe(
      '2026-03-28T01:30:00.000Z',
    );
  });

  it('does not fire in the second pass of a repeated hour', () => {
    expect(halfPastTwo.next(new Date('2026-10-25T00:30:00Z'))?.toISOString()).toBe(
      '2026-10-26T01:30:00.000Z',
    );
    expect(halfPastTwo.previous(new Date('2026-10-25T01:45:00Z'))?.toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it('knows no change of clocks in Etc zones and fixed offsets', () => {
    expect(fires('Etc/GMT+5', { hour: 2, minute: 30 }, '2026-03-08T00:00Z', 1)).toEqual([
      '2026-03-08T07:30Z',
    ]);
    expect(fires('-05:00', { hour: 2, minute: 30 }, '2026-03-08T00:00Z', 1)).toEqual([
      '2026-03-08T07:30Z',
    ]);
    expect(fires('+05:30', { hour: 0 }, '2026-03-08T00:00Z', 1)).toEqual(['2026-03-08T18:30Z']);
  });

  it('obeys zones that changed their law', () => {
    // Pyongyang went back half an hour in 2015 and forward again in 2018.
    expect(fires('Asia/Pyongyang', { hour: 0 }, '2015-08-13T12:00Z', 2)).toEqual([
      '2015-08-13T15:00Z',
      '2015-08-14T15:30Z', // what would have been midnight became half past eleven
    ]);
    expect(fires('Asia/Pyongyang', { hour: 0 }, '2018-05-03T12:00Z', 3)).toEqual([
      '2018-05-03T15:30Z',
      '2018-05-04T15:00Z',
      '2018-05-05T15:00Z',
    ]);
  });
});
