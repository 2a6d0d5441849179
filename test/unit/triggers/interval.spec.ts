import { describe, expect, it } from '@jest/globals';
import {
  interval,
  IntervalTrigger,
  InvalidTriggerError,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import type { Duration, IntervalOptions } from '../../../lib/triggers/index.js';

const START = '2026-01-01T00:00:00.000Z';

function at(text: string): Date {
  return new Date(text);
}

describe('An interval trigger with a start', () => {
  const trigger = new IntervalTrigger({ minutes: 5, startDate: START });

  it('fires first at its start, or at the first step that is not past', () => {
    expect(trigger.first(at('2020-01-01T00:00:00Z'))).toEqual(at(START));
    expect(trigger.first(at(START))).toEqual(at(START));
    expect(trigger.first(at('2026-01-01T00:00:00.001Z'))).toEqual(at('2026-01-01T00:05:00Z'));
    expect(trigger.first(at('2036-01-01T00:04:59.999Z'))).toEqual(at('2036-01-01T00:05:00Z'));
  });

  it('goes on in whole steps from its start, strictly later', () => {
    expect(trigger.next(at('2020-01-01T00:00:00Z'))).toEqual(at(START));
    expect(trigger.next(at(START))).toEqual(at('2026-01-01T00:05:00Z'));
    expect(trigger.next(at('2026-01-01T00:07:30Z'))).toEqual(at('2026-01-01T00:10:00Z'));
  });

  it('looks back as well', () => {
    expect(trigger.previous(at('2026-01-01T00:07:30Z'))).toEqual(at('2026-01-01T00:05:00Z'));
    expect(trigger.previous(at(START))).toEqual(at(START));
    expect(trigger.previous(at('2025-12-31T23:59:59.999Z'))).toBeNull();
  });

  it('counts a backlog without going through it', () => {
    expect(trigger.count?.(at(START), at('2026-01-01T01:00:00Z'))).toBe(12);
    expect(trigger.count?.(at('2025-01-01T00:00:00Z'), at(START))).toBe(1);
    expect(trigger.count?.(at('2025-01-01T00:00:00Z'), at('2025-06-01T00:00:00Z'))).toBe(0);
    expect(trigger.count?.(at('2026-06-01T00:00:00Z'), at('2026-01-01T00:00:00Z'))).toBe(0);
    const everyMs = new IntervalTrigger({ milliseconds: 1, startDate: START });
    expect(everyMs.count?.(at(START), at('9999-01-01T00:00:00Z'))).toBe(
      Date.parse('9999-01-01T00:00:00Z') - Date.parse(START),
    );
  });

  it('does not drift in a thousand steps', () => {
    let date = at(START);
    for (let step = 1; step <= 1000; step++) {
      date = trigger.next(date)!;
      expect(date.getTime()).toBe(Date.parse(START) + step * 300_000);
    }
  });

  it('counts elapsed time when clocks change', () => {
    const daily = new IntervalTrigger({
      days: 1,
      startDate: '2026-03-28 09:00',
      timezone: 'Europe/Berlin',
    });
    expect(daily.next(at('2026-03-28T08:00:00Z'))).toEqual(at('2026-03-29T08:00:00Z')); // 10:00 there
  });

  it('ends with endDate, included', () => {
    const limited = new IntervalTrigger({
      hours: 1,
      startDate: START,
      endDate: '2026-01-01T02:00:00Z',
    });
    expect(limited.next(at('2026-01-01T01:00:00Z'))).toEqual(at('2026-01-01T02:00:00Z'));
    expect(limited.next(at('2026-01-01T02:00:00Z'))).toBeNull();
    expect(limited.previous(at('2027-01-01T00:00:00Z'))).toEqual(at('2026-01-01T02:00:00Z'));
    expect(limited.count?.(at(START), at('2027-01-01T00:00:00Z'))).toBe(2);
  });

  it('is finished when its last step is past', () => {
    const past = new IntervalTrigger({
      hours: 2,
      startDate: '2010-10-10 09:30:00',
      endDate: '2014-06-15 11:00:00',
    });
    expect(past.first(at(START))).toBeNull();
    expect(past.previous(at(START))).toEqual(at('2014-06-15T09:30:00Z'));
  });

  it('goes down to the millisecond and up to a century', () => {
    const fast = new IntervalTrigger({ milliseconds: 1, startDate: START });
    expect(fast.next(at(START))?.getTime()).toBe(Date.parse(START) + 1);
    const slow = new IntervalTrigger({ days: 36_525, startDate: START });
    expect(slow.next(at(START))?.toISOString()).toBe('2126-01-02T00:00:00.000Z');
    expect(slow.next(new Date(8.64e15))).toBeNull();
  });

  it('is exact wherever it is asked', () => {
    const odd = new IntervalTrigger({ milliseconds: 7, startDate: '0001-01-01T00:00:00.003Z' });
    const start = Date.parse('0001-01-01T00:00:00.003Z');
    for (const instant of [8.64e15 - 8, 5e15 + 1, 253e12, 1]) {
      const next = odd.next(new Date(instant))!.getTime();
      expect((next - start) % 7).toBe(0);
      expect(next).toBeGreaterThan(instant);
      expect(next - instant).toBeLessThanOrEqual(7);
    }
  });
});

describe('An interval trigger without a start', () => {
  const trigger = new IntervalTrigger({ minutes: 5 });

  it('begins one interval after its job is added', () => {
    expect(trigger.first(at(START))).toEqual(at('2026-01-01T00:05:00Z'));
    const bound = trigger.bind({ now: at(START), timezone: 'Europe/Berlin' });
    expect(bound.toJSON()).toEqual({
      type: 'interval',
      version: 1,
      minutes: 5,
      startDate: '2026-01-01T00:05:00.000Z',
    });
    expect(bound.first(at(START))).toEqual(at('2026-01-01T00:05:00Z'));
    expect(bound.next(at('2026-01-01T00:05:00Z'))).toEqual(at('2026-01-01T00:10:00Z'));
    expect(bound.previous(at(START))).toBeNull();
    expect(bound.bind({ now: at('2030-01-01T00:00:00Z'), timezone: 'UTC' }).toJSON()).toEqual(
      bound.toJSON(),
    );
  });

  it('rounds that up to a full second when it is whole seconds', () => {
    const now = at('2026-01-01T00:00:00.250Z');
    expect(trigger.first(now)).toEqual(at('2026-01-01T00:05:01Z'));
    expect(trigger.bind({ now, timezone: 'UTC' }).first(now)).toEqual(at('2026-01-01T00:05:01Z'));
    const finer = new IntervalTrigger({ milliseconds: 1500 });
    expect(finer.bind({ now, timezone: 'UTC' }).first(now)).toEqual(at('2026-01-01T00:00:01.750Z'));
  });

  it('is asked as if its job were added then, as long as it is not bound', () => {
    expect(trigger.next(at('2026-01-01T00:02:00Z'))).toEqual(at('2026-01-01T00:07:00Z'));
    expect(trigger.previous(at('2026-01-01T00:02:00Z'))).toEqual(at('2026-01-01T00:02:00Z'));
    expect(trigger.count?.(at(START), at('2026-01-01T00:10:00Z'))).toBe(2);
  });

  it('waits for the zone where that decides on its end', () => {
    const now = at('2026-01-01T05:00:00Z');
    const noon = new IntervalTrigger({ hours: 1, endDate: '2026-01-01 12:00' });
    expect(noon.bind({ now, timezone: 'UTC' }).first(now)).toEqual(at('2026-01-01T06:00:00Z'));
    expect(noon.bind({ now, timezone: 'Asia/Tokyo' }).first(now)).toBeNull(); // it was noon two hours ago
    const mixed = new IntervalTrigger({
      hours: 1,
      startDate: '2026-01-01 12:00',
      endDate: '2026-01-01T10:00:00Z',
    });
    expect(mixed.bind({ now, timezone: 'Asia/Tokyo' }).first(now)).toEqual(
      at('2026-01-01T05:00:00Z'),
    );
    expect(() => mixed.bind({ now, timezone: 'UTC' })).toThrow(/endDate = .*must not be earlier/);
  });

  it('never fires when it would begin behind its end', () => {
    const over = new IntervalTrigger({ hours: 1, endDate: START });
    const bound = over.bind({ now: at('2026-01-01T12:00:00Z'), timezone: 'UTC' });
    expect(bound.first(at('2026-01-01T12:00:00Z'))).toBeNull();
    expect(triggerFrom(bound.toJSON()).first(at('2026-01-01T12:00:00Z'))).toBeNull();
  });
});

describe('interval()', () => {
  it.each<[Duration, object]>([
    [5000, { milliseconds: 5000 }],
    [{ minutes: 5 }, { minutes: 5 }],
    [
      { hours: 1, minutes: 30 },
      { hours: 1, minutes: 30 },
    ],
    [{ seconds: 0.5 }, { seconds: 0.5 }],
    [
      { weeks: 1, days: 0 },
      { weeks: 1, days: 0 },
    ],
  ])('makes JSON of %j', (duration, parts) => {
    expect(interval(duration)).toEqual({ type: 'interval', version: 1, ...parts });
  });

  it('keeps options, dates as ISO text', () => {
    expect(
      interval(
        { minutes: 5 },
        { startDate: at(START), endDate: '2027-01-01', jitter: { seconds: 3 }, maxFires: 2 },
      ),
    ).toEqual({
      type: 'interval',
      version: 1,
      minutes: 5,
      startDate: START,
      endDate: '2027-01-01',
      jitter: 3000,
      maxFires: 2,
    });
  });

  it.each<[Duration, RegExp]>([
    [0, /milliseconds = 0\. An interval must be longer than 0/],
    [-5, /milliseconds = -5/],
    [NaN, /milliseconds = NaN/],
    [Infinity, /milliseconds = Infinity/],
    [0.5, /milliseconds = 0.5.*whole milliseconds/],
    [3_155_760_000_001, /between 0 and 100 years/],
    [{}, /interval = \{\}\. Give at least one of weeks, days/],
    [{ minutes: 0 }, /minutes = 0/],
    [{ minutes: -1 }, /minutes = -1/],
    [{ hours: 1, minutes: -60 }, /interval = .*longer than 0/],
    [{ minutes: '5' } as never, /minutes = "5"\. Give a finite number/],
    [
      { fortnights: 1 } as never,
      /fortnights = 1\. A interval trigger has no such option|fortnights = 1/,
    ],
    ['5m' as never, /milliseconds = "5m"/],
    [null as never, /interval/],
    [[5] as never, /options = \[5\]|0 = 5/],
  ])('refuses %j', (duration, message) => {
    expect(() => interval(duration)).toThrow(InvalidTriggerError);
    expect(() => interval(duration)).toThrow(message);
  });

  it.each<[Partial<IntervalOptions>, RegExp]>([
    [
      { startDate: '2026-02-01', endDate: '2026-01-01' },
      /endDate = "2026-01-01"\. It must not be earlier than startDate/,
    ],
    [{ startDate: 'soon' }, /startDate = "soon"\. Give a Date, or ISO text/],
    [
      { startDate: '2026-02-30' },
      /startDate = "2026-02-30"\. Give a Date, or ISO text of a date that exists/,
    ],
    [{ startDate: new Date(NaN) }, /startDate = Invalid Date/],
    [{ startDate: 5 as never }, /startDate = 5/],
    [{ timezone: 'Mars/Olympus' }, /timezone = "Mars\/Olympus"\. Give the IANA name/],
    [{ jitter: -1 }, /jitter = -1/],
    [{ jitter: { minutes: NaN } }, /jitter.minutes = NaN/],
    [{ maxFires: 0 }, /maxFires = 0\. Give a whole number, 1 or more/],
    [{ maxFires: 1.5 }, /maxFires = 1.5/],
  ])('refuses options %j', (options, message) => {
    expect(() => interval(1000, options)).toThrow(InvalidTriggerError);
    expect(() => interval(1000, options)).toThrow(message);
  });
});
