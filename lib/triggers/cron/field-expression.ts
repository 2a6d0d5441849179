import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import type { CronField } from './cron-field.js';
import { WEEKDAY_NAMES } from './cron-field.js';
import type { NthWeekday } from './day-part.js';
import type { YearRange } from './year-set.js';

/** What the text of one field comes to: the union of all that is listed. */
export interface FieldExpression {
  readonly ranges: readonly YearRange[];
  readonly nthWeekdays: readonly NthWeekday[];
  readonly lastDay: boolean;
}

/** Enough for every value of every field by itself, and short enough that no text takes long to read. */
const MAX_LENGTH = 1024;

const RANGE = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/;
const NAMES = /^([a-z]+)(?:-([a-z]+))?$/i;
const NTH = /^(1st|2nd|3rd|4th|5th|last) +([a-z]+|\d+)$/i;

/**
 * Reads a field in APScheduler's grammar: `*`, `n`, `a-b`, `a-b/c`, `a/c` up to the maximum, every c-th of all, names
 * and ranges of names, `2nd fri`, `last fri` and `last` for days, and lists of all that.
 *
 * @throws InvalidTriggerError when the text is anything else, also when only its end is
 */
export function parseField(field: CronField, value: unknown): FieldExpression {
  const source = typeof value === 'number' ? String(value) : value;
  if (typeof source !== 'string') {
    throw fault(field, value, `Give ${exampleOf(field)}.`);
  }
  if (source.length > MAX_LENGTH) {
    throw fault(field, value, `Text of a field has ${MAX_LENGTH} characters at most.`);
  }
  const ranges: YearRange[] = [];
  const nthWeekdays: NthWeekday[] = [];
  let lastDay = false;
  for (const item of source.split(',')) {
    const text = item.trim();
    if (field.name === 'day' && text.toLowerCase() === 'last') {
      lastDay = true;
    } else if (field.name === 'day' && NTH.test(text)) {
      nthWeekdays.push(parseNth(field, value, text));
    } else if (RANGE.test(text)) {
      ranges.push(parseRange(field, value, text));
    } else if (field.names.length > 0 && NAMES.test(text)) {
      ranges.push(parseNames(field, value, text));
    } else {
      throw fault(field, value, `${quote(text)} is not understood. Give ${exampleOf(field)}.`);
    }
  }
  return { ranges, nthWeekdays, lastDay };
}

function parseRange(field: CronField, value: unknown, text: string): YearRange {
  const [, first, second, every] = RANGE.exec(text) ?? [];
  const { min, max } = field;
  const from = first === undefined ? min : Number(first);
  const alone = first !== undefined && second === undefined && every === undefined;
  const to = second === undefined ? (alone ? from : max) : Number(second);
  const step = every === undefined ? 1 : Number(every);
  for (const bound of [from, to]) {
    if (bound < min || bound > max) {
      throw fault(
        field,
        value,
        `${bound} is out of range: ${field.name} goes from ${min} to ${max}.`,
      );
    }
  }
  checkOrder(field, value, from, to);
  if (every !== undefined && step === 0) {
    throw fault(field, value, `The step in ${quote(text)} must be 1 or more.`);
  }
  if (every !== undefined && step > to - from) {
    const cure = `The step ${step} is longer than the way from ${from} to ${to}`;
    throw fault(field, value, `${cure}: give a smaller one, or ${quote(String(from))} alone.`);
  }
  return { from, to, step };
}

function parseNames(field: CronField, value: unknown, text: string): YearRange {
  const [, first = '', second = first] = NAMES.exec(text) ?? [];
  const [from, to] = [first, second].map((name) => {
    const index = field.names.indexOf(name.toLowerCase());
    if (index === -1) {
      throw fault(field, value, `${quote(name)} is no name of a value: use ${list(field.names)}.`);
    }
    return field.min + index;
  }) as [number, number];
  checkOrder(field, value, from, to);
  return { from, to, step: 1 };
}

function checkOrder(field: CronField, value: unknown, from: number, to: number): void {
  if (from > to) {
    const name = (number: number): string => field.names[number - field.min] ?? String(number);
    const cure = `${name(from)}-${name(to)} runs backwards. Write what it wraps around as two ranges:`;
    const span = (a: number, b: number): string => (a === b ? name(a) : `${name(a)}-${name(b)}`);
    const wrapped = `${span(from, field.max)},${span(field.min, to)}`;
    throw fault(field, value, `${cure} ${quote(wrapped)}.`);
  }
}

function parseNth(field: CronField, value: unknown, text: string): NthWeekday {
  const [, position = '', name = ''] = NTH.exec(text) ?? [];
  const weekday = WEEKDAY_NAMES.indexOf(name.toLowerCase());
  if (weekday === -1) {
    throw fault(field, value, `${quote(name)} is no weekday: use ${list(WEEKDAY_NAMES)}.`);
  }
  const nth = position.toLowerCase() === 'last' ? 'last' : Number(position[0]);
  return { nth: nth as NthWeekday['nth'], weekday };
}

function fault(field: CronField, value: unknown, cure: string): InvalidTriggerError {
  return new InvalidTriggerError(field.name, value, cure);
}

function exampleOf({ name, min, max, names }: CronField): string {
  const numbers = `${min} to ${max}, "*", "${min}-${min + 2}"`;
  const steps = name === 'dayOfWeek' ? '"mon-fri"' : `"*/${name === 'year' ? 4 : 5}"`;
  const more = name === 'day' ? ', "1st mon", "last fri", "last"' : '';
  const named = names.length > 0 && name !== 'dayOfWeek' ? `, "${names[0]}-${names[2]}"` : '';
  return `${numbers}, ${steps}${named}${more} or a list of such`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

function list(names: readonly string[]): string {
  return names.join(', ');
}
