import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CronTrigger } from '../../../lib/triggers/index.js';
import { CHECKED_ZONES } from './all-zones.js';
import { ClockOracle } from './clock-oracle.js';

const HOUR = 3_600_000;

interface Rule {
  readonly weekdays: readonly number[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Rules that have something to fire in the night, when clocks change. */
const rules: fc.Arbitrary<Rule> = fc.record({
  weekdays: fc.oneof(
    fc.constant([0, 1, 2, 3, 4, 5, 6]),
    fc.uniqueArray(fc.nat(6), { minLength: 1 }),
  ),
  hours: fc.oneof(
    fc.constant(HOURS),
    fc.uniqueArray(fc.oneof(fc.nat(3), fc.nat(23)), { minLength: 1, maxLength: 6 }),
    fc.constant(HOURS.slice(1)),
  ),
  minutes: fc.oneof(
    fc.constant([0]),
    fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 5 }),
    fc.constant([0, 10, 20, 30, 40, 50]),
  ),
});

/** The changes of one zone that are looked at: the first, the last, and some between. */
function sample(changes: readonly number[]): number[] {
  const wanted = 4;
  const step = Math.max(1, Math.floor(changes.length / wanted));
  return changes.filter((_, index) => index % step === 0 || index === changes.length - 1);
}

describe('A cron trigger around a change of clocks', () => {
  it.each(CHECKED_ZONES.filter((zone) => !/^[+-]/.test(zone)))(
    'fires in %s when the rule says, and at no other instant',
    (timezone) => {
      const oracle = new ClockOracle(timezone);
      const changes = oracle.changes(Date.UTC(1971, 0, 1), Date.UTC(2038, 0, 1));
      const windows = sample(changes.length > 0 ? changes : [Date.UTC(2026, 2, 29)]);
      for (const [index, change] of windows.entries()) {
        const from = change - 28 * HOUR;
        const to = change + 28 * HOUR;
        const film = oracle.film(from, to);
        fc.assert(
          fc.property(rules, (rule) => {
            const trigger = triggerOf(rule, timezone);
            const instants = film.instants(rule.hours.length === 24, matcherOf(rule));
            const expected = instants.map(toText).join('\n');
            expect(forward(trigger, from, to).join('\n')).toBe(expected);
            expect(backward(trigger, from, to).join('\n')).toBe(expected);
          }),
          { numRuns: 6, seed: 20_260_101 + index },
        );
      }
    },
  );
});

function triggerOf({ weekdays, hours, minutes }: Rule, timezone: string): CronTrigger {
  return new CronTrigger({
    dayOfWeek: weekdays.join(','),
    hour: hours.join(','),
    minute: minutes.join(','),
    timezone,
  });
}

function matcherOf({ weekdays, hours, minutes }: Rule): (wall: number) => boolean {
  return (wall) => {
    const date = new Date(wall);
    return (
      weekdays.includes((date.getUTCDay() + 6) % 7) &&
      hours.includes(date.getUTCHours()) &&
      minutes.includes(date.getUTCMinutes()) &&
      date.getUTCSeconds() === 0
    );
  };
}

function forward(trigger: CronTrigger, from: number, to: number): string[] {
  const found: string[] = [];
  let date = trigger.first(new Date(from));
  while (date && date.getTime() < to) {
    found.push(date.toISOString());
    date = trigger.next(date);
  }
  return found;
}

function backward(trigger: CronTrigger, from: number, to: number): string[] {
  const found: string[] = [];
  let date = trigger.previous(new Date(to - 1));
  while (date && date.getTime() >= from) {
    found.unshift(date.toISOString());
    date = trigger.previous(new Date(date.getTime() - 1));
  }
  return found;
}

function toText(instant: number): string {
  return new Date(instant).toISOString();
}
