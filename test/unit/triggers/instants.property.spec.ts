import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  calendarInterval,
  cron,
  CronTrigger,
  interval,
  InvalidTriggerError,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import type { CronFields, Trigger, TriggerJson } from '../../../lib/triggers/index.js';
import { CHECKED_ZONES } from './all-zones.js';
import { ClockOracle } from './clock-oracle.js';
import { crontabs } from './crontab-arbitrary.js';

const DAY = 86_400_000;
const NOW = new Date('2026-01-01T00:00:00Z');

const zones = fc.constantFrom(...CHECKED_ZONES);

const dates = fc.date({
  min: new Date('1971-01-01'),
  max: new Date('2100-01-01'),
  noInvalidDate: true,
});

/** A trigger, or `undefined` for options that never match. */
function made(make: () => TriggerJson): TriggerJson | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidTriggerError) {
      return undefined;
    }
    throw error;
  }
}

const startDate = dates.map((date) => date.toISOString());

const triggers: fc.Arbitrary<TriggerJson> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(crontabs, zones)
        .map(([text, timezone]) => made(() => cron(text, { timezone }))),
    },
    fc
      .tuple(crontabs, zones, startDate, fc.constantFrom('2026-03-29', '2026-10-25', '2018-11-04'))
      .map(([text, timezone, start, except]) =>
        made(() => cron(text, { timezone, startDate: start, except })),
      ),
    fc
      .tuple(fc.integer({ min: 1, max: 10_000_000 }), startDate)
      .map(([every, start]) => interval(every, { startDate: start })),
    fc
      .tuple(fc.nat(3), fc.nat(14), fc.integer({ min: 0, max: 23 }), zones, startDate)
      .map(([months, days, hour, timezone, start]) =>
        made(() => calendarInterval({ months, days, hour, timezone, startDate: start })),
      ),
    fc.array(fc.tuple(crontabs, zones), { minLength: 1, maxLength: 3 }).map((members) =>
      made(() => ({
        type: 'anyOf',
        version: 1,
        triggers: members.map(([text, timezone]) => ({
          type: 'cron',
          version: 1,
          expression: text,
          timezone,
        })),
      })),
    ),
  )
  .filter(
    (json) => json !== undefined && made(() => triggerFrom(json).toJSON()) !== undefined,
  ) as fc.Arbitrary<TriggerJson>;

/** Goes some instants forward from `date`: the first thing that next, first and previous say and that cannot be. */
function findContradiction(trigger: Trigger, date: Date): string | null {
  let after = date.getTime();
  for (let step = 0; step < 8; step++) {
    const next = trigger.next(new Date(after))?.getTime();
    if (next === undefined) {
      return trigger.first(new Date(after + 1)) ? `first after ${after} but no next` : null;
    }
    const before = trigger.previous(new Date(next - 1))?.getTime();
    const facts = {
      'next is not later': next > after,
      'next is no whole millisecond': Number.isInteger(next),
      'first is not next': trigger.first(new Date(next))?.getTime() === next,
      'previous leaves next out': trigger.previous(new Date(next))?.getTime() === next,
      'next leaves something out': trigger.next(new Date(next - 1))?.getTime() === next,
      'previous lies between after and next': before === undefined || before <= after,
      'next of previous is not next':
        before === undefined || trigger.next(new Date(before))?.getTime() === next,
    };
    const wrong = Object.entries(facts).find(([, holds]) => !holds);
    if (wrong) {
      return `${wrong[0]}, asked after ${new Date(after).toISOString()}`;
    }
    after = next;
  }
  return null;
}

describe('The instants of any trigger', () => {
  it('are in order, and next and previous agree on them', () => {
    fc.assert(
      fc.property(triggers, dates, (json, date) => {
        const trigger = triggerFrom(json).bind({ now: NOW, timezone: 'UTC' });
        expect(findContradiction(trigger, date)).toBeNull();
      }),
      { seed: 20_260_101, numRuns: 2000 },
    );
  });

  it('are counted without being visited, where there is a count', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        startDate,
        fc.nat(200),
        (every, start, steps) => {
          const trigger = triggerFrom(interval(every, { startDate: start }));
          let date = new Date(Date.parse(start) - 1000);
          const from = date;
          for (let step = 0; step < steps; step++) {
            date = trigger.next(date)!;
          }
          expect(trigger.count?.(from, date)).toBe(steps);
        },
      ),
      { seed: 20_260_101, numRuns: 300 },
    );
  });
});

interface FieldSets {
  readonly month: readonly number[] | null;
  readonly day: readonly number[] | null;
  readonly week: readonly number[] | null;
  readonly dayOfWeek: readonly number[] | null;
}

function some(min: number, max: number): fc.Arbitrary<number[] | null> {
  return fc.option(fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 }));
}

const fieldSets = fc.record({
  month: some(1, 12),
  day: some(1, 31),
  week: some(1, 53),
  dayOfWeek: some(0, 6),
});

/** Whether a day, in milliseconds, satisfies all fields; worked out from Date alone. */
function dayMatches(sets: FieldSets, wallDay: number): boolean {
  const date = new Date(wallDay);
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(wallDay + (3 - weekday) * DAY);
  const week =
    Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY)) + 1;
  return (
    (sets.month?.includes(date.getUTCMonth() + 1) ?? true) &&
    (sets.day?.includes(date.getUTCDate()) ?? true) &&
    (sets.week?.includes(week) ?? true) &&
    (sets.dayOfWeek?.includes(weekday) ?? true)
  );
}

describe('The days of a cron trigger', () => {
  it('are those whose local date matches all fields, and no other', () => {
    fc.assert(
      fc.property(
        fieldSets,
        fc.integer({ min: 4, max: 23 }),
        zones,
        dates,
        (sets, hour, timezone, date) => {
          const fields = Object.fromEntries(
            Object.entries(sets).map(([name, values]) => [name, values?.join(',') ?? '*']),
          ) as CronFields;
          const oracle = new ClockOracle(/^[+-]/.test(timezone) ? 'UTC' : timezone);
          const make = (): CronTrigger => new CronTrigger({ ...fields, hour, timezone });
          fc.pre(!/^[+-]/.test(timezone) && made(() => make().toJSON()) !== undefined);
          const next = make().next(date);
          fc.pre(next !== null);
          const wallFrom = oracle.wallAt(date.getTime());
          const wallTo = oracle.wallAt(next.getTime());
          const dayTo = Math.floor(wallTo / DAY) * DAY;
          // A day that the clocks of Samoa skip moves to the one behind it.
          expect(dayMatches(sets, dayTo) || dayMatches(sets, dayTo - DAY)).toBe(true);
          const firstDay = Math.ceil((wallFrom - hour * 3_600_000) / DAY) * DAY;
          const lastDay = Math.min(dayTo - DAY, firstDay + 10 * 366 * DAY);
          const between: number[] = [];
          for (let day = firstDay + DAY; day < lastDay && between.length === 0; day += DAY) {
            if (dayMatches(sets, day)) {
              between.push(day);
            }
          }
          expect(between).toEqual([]);
        },
      ),
      { seed: 20_260_101, numRuns: 400 },
    );
  });
});
