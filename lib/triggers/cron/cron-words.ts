import { listWords, ordinal } from '../words.js';
import type { CronParts } from './cron-schedule.js';
import { MONTH_NAMES } from './cron-field.js';
import { ALL_DAYS } from './day-part.js';
import type { DayPart } from './day-part.js';
import { NumberSet } from './number-set.js';
import { describeTimes } from './time-words.js';
import { FIRST_YEAR, LAST_YEAR } from './year-set.js';
import type { YearSet } from './year-set.js';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A cron trigger in plain words: `at 05:30 on Monday to Friday`. */
export function describeCron(parts: CronParts): string {
  const times = describeTimes(parts.hours, parts.minutes, parts.seconds);
  const days = describeDays(parts);
  const everyDay =
    days === '' && times.startsWith('at ') && !times.includes('every') ? ' every day' : '';
  return `${times}${everyDay}${days}${describeMonths(parts.months)}${describeYears(parts.years)}`;
}

function describeDays({ monthDays, weekdays, weeks, either }: CronParts): string {
  const byDate = describeMonthDays(monthDays);
  const byWeekday = describeWeekdays(weekdays);
  const week = weeks ? ` in ISO week ${describeNumbers(weeks)}` : '';
  if (byDate !== '' && byWeekday !== '') {
    return ` on ${byDate}${either ? ' and on every' : ' if it is a'} ${byWeekday}${week}`;
  }
  return `${byDate + byWeekday === '' ? '' : ` on ${byDate}${byWeekday}`}${week}`;
}

function describeMonthDays({ days, lastDay, nthWeekdays }: DayPart): string {
  if (days === ALL_DAYS) {
    return '';
  }
  const dates = runsOf(bitNumbers(days, 1)).map(([from, to]) =>
    from === to ? ordinal(from) : `${ordinal(from)} to ${ordinal(to)}`,
  );
  const positions = nthWeekdays.map(({ nth, weekday }) =>
    [nth === 'last' ? nth : ordinal(nth), WEEKDAYS[weekday]].join(' '),
  );
  const words = [...dates, ...positions, ...(lastDay ? ['last day'] : [])];
  return `the ${listWords(words)} of the month`;
}

function describeWeekdays({ days, weekdays, nthWeekdays }: DayPart): string {
  if (days === ALL_DAYS) {
    return '';
  }
  const names = runsOf(bitNumbers(weekdays, 0)).map(([from, to]) =>
    spanOf(WEEKDAYS[from] ?? '', WEEKDAYS[to] ?? '', to - from),
  );
  const positions = nthWeekdays.map(
    ({ nth, weekday }) =>
      `the ${nth === 'last' ? nth : ordinal(nth)} ${WEEKDAYS[weekday]} of the month`,
  );
  return listWords([...names, ...positions]);
}

function describeMonths(months: NumberSet): string {
  if (months.size === MONTH_NAMES.length) {
    return '';
  }
  const spans = runsOf(months).map(([from, to]) =>
    spanOf(MONTHS[from - 1] ?? '', MONTHS[to - 1] ?? '', to - from),
  );
  return ` in ${listWords(spans)}`;
}

function describeYears({ ranges }: YearSet): string {
  if (ranges.some(({ from, to, step }) => from === FIRST_YEAR && to === LAST_YEAR && step === 1)) {
    return '';
  }
  const spans = ranges.map(({ from, to, step }) => {
    if (step > 1) {
      return `every ${ordinal(step)} year from ${from}${to === LAST_YEAR ? '' : ` to ${to}`}`;
    }
    return spanOf(String(from), String(to), to - from);
  });
  return ` in ${listWords(spans)}`;
}

/** `1`, `1 and 2`, `1 to 5 and 7`. */
function describeNumbers(numbers: NumberSet): string {
  return listWords(
    runsOf(numbers).map(([from, to]) => spanOf(String(from), String(to), to - from)),
  );
}

function spanOf(from: string, to: string, length: number): string {
  if (length === 0) {
    return from;
  }
  return length === 1 ? `${from} and ${to}` : `${from} to ${to}`;
}

/** Stretches of consecutive numbers. */
function runsOf(numbers: NumberSet): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const number of numbers.values()) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) {
      run[1] = number;
    } else {
      runs.push([number, number]);
    }
  }
  return runs;
}

function bitNumbers(bits: number, min: number): NumberSet {
  const numbers: number[] = [];
  for (let index = 0; index < 31; index++) {
    if ((bits >> index) & 1) {
      numbers.push(index + min);
    }
  }
  return NumberSet.of(numbers);
}
