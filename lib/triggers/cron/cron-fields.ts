import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import { CRON_FIELD_NAMES, CRON_FIELDS } from './cron-field.js';
import type { CronFieldName } from './cron-field.js';
import type { CronParts } from './cron-schedule.js';
import { EVERY_DAY } from './day-part.js';
import { parseField } from './field-expression.js';
import type { FieldExpression } from './field-expression.js';
import { NumberSet } from './number-set.js';
import { YearSet } from './year-set.js';

/** The given fields of a cron trigger as somebody wrote them. */
export type CronFieldValues = Partial<Record<CronFieldName, unknown>>;

/**
 * Compiles a trigger given by fields. Of the fields not given, those before the least significant given one match
 * everything and those after it are at their minimum; `week` and `dayOfWeek` match everything. A day has to match all
 * of `day`, `week` and `dayOfWeek`.
 */
export function compileFields(values: CronFieldValues): CronParts {
  const least = CRON_FIELDS.findLastIndex(({ name }) => name in values);
  if (least === -1) {
    throw new InvalidTriggerError(
      'fields',
      values,
      'Give at least one field, such as { hour: 5, minute: 30 }, or an expression.',
    );
  }
  const expressions = CRON_FIELDS.map((field, index) =>
    parseField(
      field,
      field.name in values ? values[field.name] : index < least ? '*' : field.fallback,
    ),
  );
  const expressionOf = (name: CronFieldName): FieldExpression =>
    expressions[CRON_FIELD_NAMES.indexOf(name)] ?? NOTHING;
  const day = expressionOf('day');
  const weekdays = bitsOf(toSet(expressionOf('dayOfWeek')), 0);
  return {
    years: new YearSet(expressionOf('year').ranges),
    months: toSet(expressionOf('month')),
    monthDays: { ...day, days: bitsOf(toSet(day), 1), weekdays: 0 },
    weekdays: weekdays === ALL_WEEKDAYS ? EVERY_DAY : { ...EVERY_DAY, days: 0, weekdays },
    weeks: !('week' in values) ? null : toSet(expressionOf('week')),
    either: false,
    hours: toSet(expressionOf('hour')),
    minutes: toSet(expressionOf('minute')),
    seconds: toSet(expressionOf('second')),
  };
}

const NOTHING: FieldExpression = { ranges: [], nthWeekdays: [], lastDay: false };

const ALL_WEEKDAYS = 127;

function toSet({ ranges }: FieldExpression): NumberSet {
  let set = NumberSet.empty;
  for (const { from, to, step } of ranges) {
    set = set.union(NumberSet.range(from, to, step));
  }
  return set;
}

/** The set as bits, the lowest standing for `min`. */
function bitsOf(set: NumberSet, min: number): number {
  let bits = 0;
  for (const value of set.values()) {
    bits |= 1 << (value - min);
  }
  return bits;
}
