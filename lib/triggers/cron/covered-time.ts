import type { TriggerJson } from '../../core/trigger.js';
import type { Exclusion } from '../except/exclusion.js';
import { WallExclusion } from '../except/wall-exclusion.js';
import { DAY_MS } from '../time-zone/civil-date.js';
import type { TimeZone } from '../time-zone/time-zone.js';
import { CronSchedule } from './cron-schedule.js';
import type { CronParts } from './cron-schedule.js';
import { EVERY_DAY } from './day-part.js';
import { NumberSet } from './number-set.js';

/** The other macros name days. */
const MACRO_UNITS: Readonly<Record<string, number>> = {
  '@hourly': 3_600_000,
  '@minutely': 60_000,
  '@secondly': 1000,
};

const SIXTY = NumberSet.range(0, 59);

/**
 * The time that a cron trigger stands for when it is an exception: each match lasts as long as the finest field that
 * was given. `{ dayOfWeek: 'sat,sun' }` is all of the weekend, `0 22 * * *` the minute from 22:00 to 22:01.
 */
export function coveredBy(json: TriggerJson, parts: CronParts, zone: TimeZone): Exclusion {
  const unit = finestUnit(json);
  const wholeMonths = unit === DAY_MS && isOpen(json, ['expression', 'day', 'week', 'dayOfWeek']);
  const schedule = new CronSchedule({
    ...parts,
    months: wholeMonths && json.month === undefined ? NumberSet.range(1, 12) : parts.months,
    monthDays: wholeMonths ? EVERY_DAY : parts.monthDays,
    hours: unit > 3_600_000 ? NumberSet.range(0, 23) : parts.hours,
    minutes: unit > 60_000 ? SIXTY : parts.minutes,
    seconds: unit > 1000 ? SIXTY : parts.seconds,
  });
  return new WallExclusion(zone, unit, (wall) => schedule.atOrAfter(wall) === wall);
}

function finestUnit(json: TriggerJson): number {
  if (typeof json.expression === 'string') {
    const text = json.expression.trim();
    const unit = text.split(/\s+/).length === 5 ? 60_000 : 1000;
    return text.startsWith('@') ? (MACRO_UNITS[text.toLowerCase()] ?? DAY_MS) : unit;
  }
  if (!isOpen(json, ['second'])) {
    return 1000;
  }
  if (!isOpen(json, ['minute'])) {
    return 60_000;
  }
  return isOpen(json, ['hour']) ? DAY_MS : 3_600_000;
}

function isOpen(json: TriggerJson, options: readonly string[]): boolean {
  return options.every((option) => json[option] === undefined);
}
