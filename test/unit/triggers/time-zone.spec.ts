import { describe, expect, it } from '@jest/globals';
import { findZone } from '../../../lib/triggers/time-zone/find-zone.js';
import { TimeZone } from '../../../lib/triggers/time-zone/time-zone.js';
import { CHECKED_ZONES } from './all-zones.js';
import { ClockOracle } from './clock-oracle.js';

const DAY = 86_400_000;

describe('TimeZone', () => {
  it.each(CHECKED_ZONES.filter((zone) => !/^[+-]/.test(zone)))(
    'knows every change of clocks in %s from 1970 to 2040',
    (name) => {
      const oracle = new ClockOracle(name);
      const zone = findZone(name);
      const from = Date.UTC(1970, 0, 1);
      const to = Date.UTC(2040, 0, 1);
      const found: number[] = [];
      for (
        let period = zone!.periodAt(from);
        period.end < to;
        period = zone!.periodAt(period.end)
      ) {
        const following = zone!.periodAt(period.end);
        if (following.offset !== period.offset) {
          found.push(following.start);
        }
        expect(following.start === period.end ? following.before : following.offset).toBe(
          period.offset,
        );
      }
      expect(found.map(toText)).toEqual(oracle.changes(from, to).map(toText));
      for (const change of found) {
        expect(zone!.toWall(change)).toBe(oracle.wallAt(change));
        expect(zone!.toWall(change - 1000)).toBe(oracle.wallAt(change - 1000));
      }
    },
  );

  it('knows years far ahead, of which it keeps none, as Intl does', () => {
    for (const name of CHECKED_ZONES.filter((zone) => !/^[+-]/.test(zone))) {
      const oracle = new ClockOracle(name);
      const zone = findZone(name)!;
      for (const year of [2199, 2200, 2599, 2600, 2777, 3333, 5000, 9999]) {
        for (let day = 0; day < 366; day += 5) {
          const instant = Date.UTC(year, 0, 1) + day * DAY;
          expect([name, instant, zone.toWall(instant)]).toEqual([
            name,
            instant,
            oracle.wallAt(instant),
          ]);
        }
      }
    }
  });

  it('shares what it knows between the names of one zone, in any letter case', () => {
    expect(findZone('europe/berlin')).toBe(findZone('Europe/Berlin'));
    expect(findZone('US/Eastern')).toBe(findZone('America/New_York'));
    expect(findZone('Etc/UTC')).toBe(findZone('UTC'));
  });

  it('takes fixed offsets up to those that a clock has ever had', () => {
    expect(findZone('+05:30')?.toWall(0)).toBe(5.5 * 3_600_000);
    expect(findZone('-0930')?.toWall(0)).toBe(-9.5 * 3_600_000);
    expect(findZone('+15:59')).not.toBeNull();
    expect(findZone('+16:00')).toBeNull();
    expect(findZone('+05:60')).toBeNull();
  });

  it.each(['', 'local', 'Mars/Olympus', 'Europe/Berlin ', 'GMT+5', '+5', 'UTC+1'])(
    'does not know %j',
    (name) => {
      expect(findZone(name)).toBeNull();
    },
  );

  it('sees a change of clocks across the turn of the year', () => {
    const change = Date.UTC(2026, 11, 31, 23, 30);
    const zone = new TimeZone((instant) => (instant < change ? 0 : 3_600_000));
    const skipped = Date.UTC(2027, 0, 1, 0, 15);
    expect(toText(zone.toInstant(skipped))).toBe('2027-01-01T00:15:00.000Z');
    expect(zone.periodAt(skipped)).toMatchObject({ start: change, before: 0, offset: 3_600_000 });
  });

  it('finds changes to the second, as of old', () => {
    const change = Date.UTC(2026, 4, 5, 6, 7, 8);
    const zone = new TimeZone((instant) => (instant < change ? -2670_000 : 0));
    expect(toText(zone.periodAt(change).start)).toBe('2026-05-05T06:07:08.000Z');
    expect(toText(zone.periodAt(change - 1).end)).toBe('2026-05-05T06:07:08.000Z');
  });

  it('moves a skipped wall-clock time forward, and takes a repeated one the first time', () => {
    const berlin = findZone('Europe/Berlin')!;
    expect(toText(berlin.toInstant(Date.UTC(2026, 2, 29, 2, 30)))).toBe('2026-03-29T01:30:00.000Z');
    expect(toText(berlin.toInstant(Date.UTC(2026, 9, 25, 2, 30)))).toBe('2026-10-25T00:30:00.000Z');
  });
});

function toText(instant: number): string {
  return new Date(instant).toISOString();
}
