import { describe, expect, it } from '@jest/globals';
import {
  allOf,
  anyOf,
  at,
  calendarInterval,
  cron,
  interval,
  InvalidTriggerError,
  Trigger,
  triggerFrom,
  TriggerRegistry,
} from '../../../lib/triggers/index.js';
import type { TriggerBinding, TriggerJson } from '../../../lib/triggers/index.js';

const NOW = new Date('2026-01-01T12:34:56.789Z');

const EXAMPLES: readonly TriggerJson[] = [
  cron('30 5 * * mon-fri', { timezone: 'Europe/Berlin' }),
  cron(
    { day: '2nd fri', hour: 5 },
    { startDate: '2026-01-01', endDate: new Date('2027-01-01T00:00Z'), jitter: { seconds: 5 } },
  ),
  cron('@daily', {
    except: ['2026-12-25', new Date('2026-12-31T00:00Z'), cron({ dayOfWeek: 'sun' })],
    maxFires: 3,
  }),
  interval(5000),
  interval({ hours: 1, minutes: 30 }, { startDate: '2026-01-01 09:30:00', except: '2026-01-02' }),
  at('2026-12-31 23:59'),
  at(new Date('2026-12-31T23:59Z'), { jitter: 5 }),
  calendarInterval({ months: 1, startDate: '2026-01-31', hour: 9 }),
  anyOf(cron('@daily'), interval({ hours: 5 }), at('2026-02-01')),
  allOf([cron('0 9 13 * *'), cron('0 9 * * fri')], { timezone: 'Asia/Tokyo' }),
];

describe('The stored form of a trigger', () => {
  it.each(EXAMPLES)('%j is plain JSON from which an equal trigger is made', (json) => {
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json.version).toBe(1);
    const trigger = triggerFrom(json);
    expect(trigger.toJSON()).toEqual(json);
    expect(triggerFrom(JSON.parse(JSON.stringify(trigger)))).toEqual(trigger);
    expect(JSON.stringify(triggerFrom(trigger.toJSON()))).toBe(JSON.stringify(trigger));
  });

  it.each(EXAMPLES)('%j names everything that an answer depends on once it is bound', (json) => {
    const bound = triggerFrom(json).bind({ now: NOW, timezone: 'America/New_York' });
    const again = triggerFrom(JSON.parse(JSON.stringify(bound)));
    const rebound = again.bind({ now: new Date('2031-01-01T00:00Z'), timezone: 'Asia/Tokyo' });
    expect(again.toJSON()).toEqual(bound.toJSON());
    expect(rebound.toJSON()).toEqual(bound.toJSON());
    expect(again.first(NOW)).toEqual(bound.first(NOW));
    expect(again.next(NOW)).toEqual(bound.next(NOW));
  });

  it('has its options in one order, however they were given', () => {
    const one = cron({ minute: 5, hour: 4 }, { maxFires: 1, timezone: 'UTC' });
    const other = cron({ hour: 4, minute: 5 }, { timezone: 'UTC', maxFires: 1 });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(JSON.stringify(one)).toBe(
      '{"type":"cron","version":1,"hour":4,"minute":5,"timezone":"UTC","maxFires":1}',
    );
  });

  it('cannot be changed through what toJSON gave', () => {
    const trigger = triggerFrom(cron({ hour: 5 }));
    Object.assign(trigger.toJSON(), { hour: 6 });
    expect(trigger.toJSON()).toEqual(cron({ hour: 5 }));
  });

  it('may be given to a class as it is', () => {
    for (const json of EXAMPLES) {
      const type = triggerFrom(json).constructor as new (options: TriggerJson) => Trigger;
      expect(new type(json).toJSON()).toEqual(json);
    }
  });

  it('is not needed of what is a trigger already', () => {
    const trigger = triggerFrom(cron('@daily'));
    expect(triggerFrom(trigger)).toBe(trigger);
  });

  it.each<[unknown, RegExp]>([
    [
      { type: 'cronn', version: 1 },
      /type = "cronn"\. Known types are cron, interval, date, calendarInterval, anyOf, allOf\..*upgrade/,
    ],
    [{ type: 'toString', version: 1 }, /type = "toString"/],
    [
      { type: 'cron', version: 2, hour: 5 },
      /version = 2\. This release reads cron triggers up to version 1.*Upgrade/,
    ],
    [{ type: 'cron', version: 0, hour: 5 }, /version = 0/],
    [{ type: 'cron', version: '1', hour: 5 }, /version = "1"/],
    [{ type: 'interval', version: 1.5, hours: 5 }, /version = 1.5/],
    [
      { type: 'interval', version: 1, hours: 5, speed: 2 },
      /speed = 2\. An interval trigger has no such option/,
    ],
    [{ type: 5 }, /trigger = \{"type":5\}\. Give a trigger/],
    [{}, /trigger = \{\}/],
    [[], /trigger = \[\]/],
    [null, /trigger = null/],
    [undefined, /trigger = undefined/],
    [
      '0 5 * * *',
      /trigger = "0 5 \* \* \*"\. Give a trigger, such as cron\("0 5 \* \* \*"\), or its JSON/,
    ],
    [5, /trigger = 5/],
  ])('%j is refused with a cure', (json, message) => {
    expect(() => triggerFrom(json)).toThrow(InvalidTriggerError);
    expect(() => triggerFrom(json)).toThrow(message);
  });
});

/** Fires at the full moons that it is given. */
class FullMoonTrigger extends Trigger {
  override readonly jitter = 0;
  override readonly maxFires = null;

  constructor(readonly moons: readonly number[]) {
    super();
  }

  override bind(_binding: TriggerBinding): Trigger {
    return this;
  }
  override first(now: Date): Date | null {
    return this.next(new Date(now.getTime() - 1));
  }
  override next(after: Date): Date | null {
    const next = this.moons.find((moon) => moon > after.getTime());
    return next === undefined ? null : new Date(next);
  }
  override previous(atOrBefore: Date): Date | null {
    const previous = this.moons.findLast((moon) => moon <= atOrBefore.getTime());
    return previous === undefined ? null : new Date(previous);
  }
  override toJSON(): TriggerJson {
    return { type: 'fullMoon', version: 1, moons: this.moons };
  }
  override toString(): string {
    return 'at full moon';
  }
}

describe('A trigger type of your own', () => {
  const types = { fullMoon: (json: TriggerJson) => new FullMoonTrigger(json.moons as number[]) };
  const moons = {
    type: 'fullMoon',
    version: 1,
    moons: [Date.UTC(2026, 0, 3), Date.UTC(2026, 1, 1, 12)],
  };

  it('is read by its factory, also inside of other triggers and as an exception', () => {
    expect(triggerFrom(moons, types)).toBeInstanceOf(FullMoonTrigger);
    const nested = triggerFrom(
      { type: 'anyOf', version: 1, triggers: [{ type: 'anyOf', version: 1, triggers: [moons] }] },
      types,
    );
    expect(nested.next(NOW)?.toISOString()).toBe('2026-01-03T00:00:00.000Z');
    expect(nested.bind({ now: NOW, timezone: 'UTC' }).next(NOW)).toEqual(nested.next(NOW));
    const except = { type: 'cron', version: 1, hour: 0, except: [moons] };
    expect(triggerFrom(except, types).next(new Date('2026-01-02T00:00Z'))?.toISOString()).toBe(
      '2026-01-04T00:00:00.000Z',
    );
    expect(triggerFrom(nested.toJSON(), new TriggerRegistry(types)).toJSON()).toEqual(
      nested.toJSON(),
    );
  });

  it('needs no factory as an instance', () => {
    const trigger = triggerFrom({
      type: 'anyOf',
      version: 1,
      triggers: [new FullMoonTrigger(moons.moons)],
    });
    expect(String(trigger)).toBe('at full moon');
    expect(trigger.bind({ now: NOW, timezone: 'UTC' }).next(NOW)?.toISOString()).toBe(
      '2026-01-03T00:00:00.000Z',
    );
  });

  it('is unknown without its factory', () => {
    expect(() => triggerFrom(moons)).toThrow(
      /type = "fullMoon"\. Known types are .*forRoot\(\{ triggers \}\)/,
    );
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a built-in name',
      { cron: types.fullMoon },
      /triggers\.cron = "cron"\. This type is built in/,
    ],
    ['no function', { fullMoon: 5 }, /triggers\.fullMoon = 5\. Give a function/],
  ])('may not have %s', (_, wrong, message) => {
    expect(() => new TriggerRegistry(wrong as never)).toThrow(InvalidTriggerError);
    expect(() => new TriggerRegistry(wrong as never)).toThrow(message);
  });

  it('is told apart from a faulty factory', () => {
    const broken = {
      fullMoon: () => {
        throw new TypeError('no moons');
      },
    };
    expect(() => triggerFrom(moons, broken)).toThrow(InvalidTriggerError);
    expect(() => triggerFrom(moons, broken)).toThrow(/factory of type "fullMoon" failed: no moons/);
    const empty = { fullMoon: () => ({}) as Trigger };
    expect(() => triggerFrom(moons, empty)).toThrow(/must return an instance of Trigger/);
  });
});
