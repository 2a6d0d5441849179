import { CronExpressionParser } from 'cron-parser';
import type { CronFieldCollection } from 'cron-parser';
import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import { CRON_FIELDS } from './cron-field.js';
import type { CronParts } from './cron-schedule.js';
import { EVERY_DAY } from './day-part.js';
import type { DayPart, NthWeekday } from './day-part.js';
import { parseField } from './field-expression.js';
import { NumberSet } from './number-set.js';
import { YearSet } from './year-set.js';

const FORM =
  'Give 5 fields (minute hour day month weekday), 6 with seconds in front, 7 with the year behind, ' +
  'or a macro such as @daily.';

const TEXT_FIELDS = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;
type TextField = (typeof TEXT_FIELDS)[number];

const MAX_LENGTH = 1024;

/** Stands for an item that is missing, as in `1,,2`, and is refused like it. */
const EMPTY_ITEM = '-';

/** Names that others have for what cron-parser calls differently. */
const MACROS: Readonly<Record<string, string>> = { '@midnight': '@daily' };

/**
 * Compiles crontab text. Weekdays count from 0 = Sunday, 7 is Sunday too. A day that only one of the two day fields
 * asks for is enough, unless one of them is `*` or `?`.
 *
 * @throws InvalidTriggerError when it is no such text
 */
export function compileCrontab(expression: unknown): CronParts {
  if (typeof expression !== 'string' || expression.length > MAX_LENGTH) {
    throw new InvalidTriggerError('expression', expression, FORM);
  }
  const text = expression.trim();
  if (text.startsWith('@')) {
    return toParts(parseMacro(expression, text), YearSet.all);
  }
  const fields = text.split(/\s+/);
  if (text === '' || fields.length < 5 || fields.length > 7) {
    const count = text === '' ? 0 : fields.length;
    throw new InvalidTriggerError('expression', expression, `It has ${count} fields. ${FORM}`);
  }
  const years = fields.length === 7 ? parseYears(expression, fields.pop() ?? '') : YearSet.all;
  return toParts(parseFields(expression, fields), years);
}

function parseMacro(expression: string, text: string): CronFieldCollection {
  const name = text.toLowerCase();
  if (name === '@reboot') {
    const cure = 'Nothing reboots here: to run a job when the application starts, use runOnStart.';
    throw new InvalidTriggerError('expression', expression, cure);
  }
  return parse(expression, MACROS[name] ?? name);
}

function parseFields(expression: string, fields: readonly string[]): CronFieldCollection {
  // Jenkins' H is drawn at random by cron-parser, but a trigger must mean the same on every node.
  if (fields.some((field) => /h/i.test(field.replace(/thu/gi, '')))) {
    const cure =
      'H, a random value, is not supported: name the value, or spread starts with jitter.';
    throw new InvalidTriggerError('expression', expression, cure);
  }
  // By its name Sunday ends a range as naturally as it begins one; cron-parser takes it for 0 alone.
  const weekday = (fields.at(-1) ?? '').replace(/-sun(?=$|[,/])/gi, '-7');
  const named = [...fields.slice(0, -1), weekday];
  return parse(expression, named.join(' '), () => withoutRepeats(named).join(' '));
}

function parse(expression: string, text: string, retry?: () => string): CronFieldCollection {
  try {
    return CronExpressionParser.parse(text).fields;
  } catch (error) {
    try {
      if (retry && text.includes(',')) {
        return CronExpressionParser.parse(retry()).fields;
      }
    } catch {
      // What was wrong with the text as it was written says more.
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidTriggerError('expression', expression, `${reason}. ${FORM}`, { cause: error });
  }
}

/**
 * The same fields with every value listed once: cron-parser refuses lists that overlap, such as `1-5,3` or, Sunday
 * being both, `0,7`. So it reads the first items of all lists, then the second ones, and so on; months by themselves,
 * because it looks whether they have the day.
 */
function withoutRepeats(fields: readonly string[]): string[] {
  const names = TEXT_FIELDS.slice(-fields.length);
  const others = mergeItems(
    names,
    fields.map((field, index) => (names[index] === 'month' ? '*' : field)),
  );
  const months = mergeItems(
    names,
    fields.map((field, index) => (names[index] === 'month' ? field : '*')),
  );
  return fields.map((_, index) => (names[index] === 'month' ? months : others)[index] ?? '*');
}

function mergeItems(names: readonly TextField[], fields: readonly string[]): string[] {
  const lists = fields.map((field) => field.split(','));
  const values = names.map(() => new Set<number | string>());
  const longest = Math.max(...lists.map((list) => list.length));
  for (let item = 0; item < longest; item++) {
    const row = lists.map((list) => list[Math.min(item, list.length - 1)] || EMPTY_ITEM);
    const read = CronExpressionParser.parse(row.join(' ')).fields;
    names.forEach((name, index) => {
      for (const value of read[name].values) {
        // Ranges up to Sunday contain it by both of its numbers.
        values[index]?.add(name === 'dayOfWeek' && value === 7 ? 0 : value);
      }
    });
  }
  return fields.map((field, index) =>
    field.includes(',') ? [...(values[index] ?? [])].join(',') : field,
  );
}

function parseYears(expression: string, text: string): YearSet {
  if (text === '?') {
    return YearSet.all;
  }
  try {
    return new YearSet(parseField(CRON_FIELDS[0], text).ranges);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidTriggerError('expression', expression, reason, { cause: error });
  }
}

function toParts(fields: CronFieldCollection, years: YearSet): CronParts {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = fields;
  const monthDays = toMonthDays(dayOfMonth.values);
  const weekdays = toWeekdays(dayOfWeek.values, dayOfWeek.nthDay);
  return {
    years,
    months: NumberSet.of(month.values),
    monthDays: dayOfMonth.isWildcard ? EVERY_DAY : monthDays,
    weekdays: dayOfWeek.isWildcard ? EVERY_DAY : weekdays,
    weeks: null,
    either: !dayOfMonth.isWildcard && !dayOfWeek.isWildcard,
    hours: NumberSet.of(hour.values),
    minutes: NumberSet.of(minute.values),
    seconds: NumberSet.of(second.values),
  };
}

function toMonthDays(values: readonly (number | string)[]): DayPart {
  let days = 0;
  for (const value of values) {
    if (typeof value === 'number') {
      days |= 1 << (value - 1);
    }
  }
  return { days, weekdays: 0, lastDay: values.includes('L'), nthWeekdays: [] };
}

function toWeekdays(values: readonly (number | string)[], nth: number): DayPart {
  let weekdays = 0;
  const nthWeekdays: NthWeekday[] = [];
  for (const value of values) {
    const weekday = (Number.parseInt(String(value), 10) + 6) % 7;
    if (typeof value === 'string') {
      nthWeekdays.push({ nth: 'last', weekday });
    } else if (nth > 0) {
      nthWeekdays.push({ nth: nth as NthWeekday['nth'], weekday });
    } else {
      weekdays |= 1 << weekday;
    }
  }
  return { days: 0, weekdays, lastDay: false, nthWeekdays };
}
