import { describe, expect, it } from '@jest/globals';
import {
  AllOfTrigger,
  allOf,
  AnyOfTrigger,
  anyOf,
  at,
  cron,
  CronTrigger,
  interval,
  InvalidTriggerError,
  preview,
  Trigger,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import type { TriggerInput } from '../../../lib/triggers/index.js';

const START = '2026-01-01T00:00:00Z';

function fires(trigger: TriggerInput, count = 5, from = START): string[] {
  return preview(trigger, count, new Date(from)).map((date) =>
    date.toISOString().replace('.000Z', 'Z').replace(':00Z', 'Z'),
  );
}

describe('An any-of trigger', () => {
  it('asks its members without mixing them up', () => {
    const mixed = anyOf(
      interval({ hours: 2 }, { startDate: START }),
      interval({ hours: 3 }, { startDate: START }),
    );
    expect(fires(mixed, 7)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-01T02:00Z',
      '2026-01-01T03:00Z',
      '2026-01-01T04:00Z',
      '2026-01-01T06:00Z',
      '2026-01-01T08:00Z',
      '2026-01-01T09:00Z',
    ]);
  });

  it('goes on when a member has ended, and fires on all dates', () => {
    expect(fires(anyOf(at('2026-03-01'), at('2026-02-01'), at('2026-03-01')))).toEqual([
      '2026-02-01T00:00Z',
      '2026-03-01T00:00Z',
    ]);
    expect(fires(anyOf([at('2026-01-01 12:00'), cron('@daily')]), 3)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-01T12:00Z',
      '2026-01-02T00:00Z',
    ]);
  });

  it('looks back to the latest of its members', () => {
    const trigger = triggerFrom(anyOf(cron('0 9 * * *'), cron('0 17 * * *')));
    expect(trigger.previous(new Date('2026-01-02T16:00Z'))?.toISOString()).toBe(
      '2026-01-02T09:00:00.000Z',
    );
    expect(trigger.previous(new Date('2026-01-02T08:00Z'))?.toISOString()).toBe(
      '2026-01-01T17:00:00.000Z',
    );
    expect(trigger.previous(new Date('1960-01-01T00:00Z'))).toBeNull();
  });

  it('does not go back to a past date while others go on, but keeps one that is all there is', () => {
    const now = new Date('2026-06-01T00:00Z');
    expect(triggerFrom(anyOf(at('2026-05-01'), cron('@daily'))).first(now)).toEqual(now);
    const dates = triggerFrom(anyOf(at('2026-05-01'), at('2026-05-02')));
    expect(dates.first(now)?.toISOString()).toBe('2026-05-01T00:00:00.000Z');
    expect(dates.next(dates.first(now)!)?.toISOString()).toBe('2026-05-02T00:00:00.000Z');
    const over = triggerFrom(anyOf([at('2026-05-01')], { endDate: '2026-04-01' }));
    expect(over.first(now)).toBeNull();
  });

  it('binds its members, and answers as if it had been bound before', () => {
    const now = new Date(START);
    const trigger = triggerFrom(
      anyOf(interval({ hours: 1 }), cron('30 0 * * *'), at('2026-01-01 00:45')),
    );
    const bound = trigger.bind({ now, timezone: 'Europe/Berlin' });
    expect(bound.toJSON()).toEqual({
      type: 'anyOf',
      version: 1,
      triggers: [
        { type: 'interval', version: 1, hours: 1, startDate: '2026-01-01T01:00:00.000Z' },
        { type: 'cron', version: 1, expression: '30 0 * * *', timezone: 'Europe/Berlin' },
        { type: 'date', version: 1, runDate: '2026-01-01 00:45', timezone: 'Europe/Berlin' },
      ],
    });
    expect(fires(trigger, 3)).toEqual([
      '2026-01-01T00:30Z',
      '2026-01-01T00:45Z',
      '2026-01-01T01:00Z',
    ]);
    expect(trigger.next(now)?.toISOString()).toBe('2026-01-01T00:30:00.000Z');
    expect(
      triggerFrom(anyOf(interval({ hours: 1 })))
        .next(now)
        ?.toISOString(),
    ).toBe('2026-01-01T01:00:00.000Z');
  });

  it('hands its zone to members that name none', () => {
    const nine = [
      cron('0 9 * * *'),
      cron('0 9 * * *', { timezone: 'UTC' }),
      new CronTrigger({ hour: 9 }),
    ];
    const trigger = new AnyOfTrigger({ triggers: nine, timezone: 'Asia/Tokyo' });
    expect(fires(trigger, 3)).toEqual([
      '2026-01-01T00:00Z',
      '2026-01-01T09:00Z',
      '2026-01-02T00:00Z',
    ]);
    const bound = trigger.bind({ now: new Date(START), timezone: 'Europe/Berlin' });
    expect(fires(bound, 3)).toEqual(fires(trigger, 3));
  });

  it('has dates, exceptions and limits of its own', () => {
    const trigger = anyOf([cron('0 9 * * *'), cron('0 17 * * *')], {
      startDate: '2026-01-01 12:00',
      endDate: '2026-01-04 09:00',
      except: '2026-01-02',
      maxFires: 9,
      jitter: 1000,
    });
    expect(fires(trigger, 9)).toEqual([
      '2026-01-01T17:00Z',
      '2026-01-03T09:00Z',
      '2026-01-03T17:00Z',
      '2026-01-04T09:00Z',
    ]);
    expect(triggerFrom(trigger)).toMatchObject({ maxFires: 9, jitter: 1000 });
  });
});

describe('An all-of trigger', () => {
  it('fires when all members do', () => {
    const friday13 = allOf(cron('0 9 13 * *'), cron('0 9 * * fri'));
    expect(fires(friday13, 4)).toEqual([
      '2026-02-13T09:00Z',
      '2026-03-13T09:00Z',
      '2026-11-13T09:00Z',
      '2027-08-13T09:00Z',
    ]);
    expect(triggerFrom(friday13).previous(new Date('2026-11-13T08:59Z'))?.toISOString()).toBe(
      '2026-03-13T09:00:00.000Z',
    );
  });

  it('lets intervals be members', () => {
    const both = allOf(
      interval({ hours: 4 }, { startDate: START }),
      interval({ hours: 6 }, { startDate: START }),
    );
    expect(fires(both, 3)).toEqual(['2026-01-01T00:00Z', '2026-01-01T12:00Z', '2026-01-02T00:00Z']);
    const everyOtherMonday = allOf(
      cron('0 9 * * mon'),
      interval({ weeks: 2 }, { startDate: '2026-01-05 09:00' }),
    );
    expect(fires(everyOtherMonday, 2)).toEqual(['2026-01-05T09:00Z', '2026-01-19T09:00Z']);
  });

  it('ends when a member ends', () => {
    expect(fires(allOf(cron('* * * * *'), at('2026-01-01 12:00')))).toEqual(['2026-01-01T12:00Z']);
  });

  it('binds its members before it looks', () => {
    const trigger = triggerFrom(allOf(interval({ minutes: 7 }), interval({ minutes: 7 })));
    const now = new Date('2026-01-01T00:00:00.400Z');
    expect(trigger.first(now)?.toISOString()).toBe('2026-01-01T00:07:01.000Z');
    expect(trigger.bind({ now, timezone: 'UTC' }).first(now)?.toISOString()).toBe(
      '2026-01-01T00:07:01.000Z',
    );
    expect(trigger.next(now)?.toISOString()).toBe('2026-01-01T00:07:01.000Z');
  });

  it.each<[string, readonly TriggerInput[]]>([
    ['fields that exclude each other', [cron('0 9 * * mon'), cron('0 9 * * tue')]],
    [
      'intervals that pass each other by',
      [interval(2000, { startDate: START }), interval(2000, { startDate: '2026-01-01T00:00:01Z' })],
    ],
    ['a date that no other has', [at('2026-01-01 12:30'), cron('@hourly')]],
    [
      'seconds and milliseconds',
      [
        cron('* * * * * *', { timezone: 'UTC' }),
        interval(1000, { startDate: '2026-01-01T00:00:00.5Z' }),
      ],
    ],
  ])('is refused when members never agree: %s', (_, members) => {
    expect(() => allOf(members)).toThrow(InvalidTriggerError);
    expect(() => allOf(members)).toThrow(/triggers = /);
  });

  it('waits for the zone where that decides', () => {
    const trigger = triggerFrom(allOf(cron('0 9 * * *'), at('2026-07-01T07:00:00Z')));
    const now = new Date(START);
    expect(trigger.bind({ now, timezone: 'Europe/Berlin' }).next(now)?.toISOString()).toBe(
      '2026-07-01T07:00:00.000Z',
    );
    expect(() => trigger.bind({ now, timezone: 'UTC' })).toThrow(InvalidTriggerError);
  });

  it('is refused by bind when members never agree once they have their anchors', () => {
    const trigger = triggerFrom(
      allOf(interval(2000), interval(2000, { startDate: '2026-01-01T00:00:01Z' })),
    );
    expect(() => trigger.bind({ now: new Date(START), timezone: 'UTC' })).toThrow(
      InvalidTriggerError,
    );
  });
});

describe('A composite trigger', () => {
  it.each(['anyOf', 'allOf'])('survives JSON with all that is in it: %s', (type) => {
    const json = {
      type,
      version: 1,
      triggers: [
        anyOf(cron('@daily'), allOf(cron('0 12 * * *'), cron({ hour: 12 }))),
        cron('0 0,12 * * *', { except: [at('2026-01-01 12:00'), '2026-01-02'] }),
      ],
      maxFires: 3,
    };
    const trigger = triggerFrom(JSON.parse(JSON.stringify(json)));
    expect(JSON.parse(JSON.stringify(trigger))).toEqual(
      JSON.parse(JSON.stringify(triggerFrom(trigger.toJSON()))),
    );
    expect(fires(triggerFrom(trigger.toJSON()), 9)).toEqual(fires(trigger, 9));
    expect(fires(trigger, 9)).toHaveLength(3);
  });

  it.each<unknown>([
    undefined,
    null,
    [],
    {},
    'x',
    [null],
    [{}],
    [{ type: 'cron' }],
    [5],
    Array.from({ length: 101 }, () => cron('@daily')),
  ])('refuses members such as %j', (triggers) => {
    expect(() => new AnyOfTrigger({ triggers: triggers as never })).toThrow(InvalidTriggerError);
    expect(() => new AllOfTrigger({ triggers: triggers as never })).toThrow(InvalidTriggerError);
  });

  it('refuses to contain itself', () => {
    const json: { type: string; version: number; triggers: unknown[] } = {
      type: 'anyOf',
      version: 1,
      triggers: [],
    };
    json.triggers.push(json, json);
    expect(() => triggerFrom(json)).toThrow(/nested more than 16 deep, or contain themselves/);
  });

  it('names the member at fault', () => {
    expect(() => anyOf(cron('@daily'), { type: 'nope', version: 1 })).toThrow(/type = "nope"/);
    expect(() => anyOf(cron('@daily'), 5 as never)).toThrow(/triggers\[1\] = 5\. Give a trigger/);
  });

  it.each<[string, Partial<Trigger>, RegExp]>([
    [
      'throws',
      {
        next: () => {
          throw new Error('boom');
        },
      },
      /triggers\[0\] = .*It failed: boom/,
    ],
    ['goes back', { next: () => new Date(0) }, /must be later than the date/],
    ['stands still', { next: (after) => after }, /must be later than the date/],
    ['answers with no date', { next: () => 5 as never }, /valid Date or null/],
    ['answers with an invalid date', { next: () => new Date(NaN) }, /valid Date or null/],
    ['answers with undefined', { next: () => undefined as never }, /valid Date or null/],
  ])('says which member %s', (_, faulty, message) => {
    const member = Object.assign(new AnyOfTrigger({ triggers: [cron('@daily')] }), faulty, {
      bind: () => member,
    }) as Trigger;
    const trigger = new AnyOfTrigger({ triggers: [member] });
    expect(() => trigger.next(new Date(START))).toThrow(InvalidTriggerError);
    expect(() => trigger.next(new Date(START))).toThrow(message);
  });
});
