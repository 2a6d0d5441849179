import { listWords, ordinal } from '../words.js';
import { describeNumbers } from './number-words.js';
import type { CronParts } from './cron-schedule.js';
import { ALL_DAYS } from './day-part.js';
import type { DayPart, NthWeekday } from './day-part.js';
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
  const words = [
    ...(days === 0 ? [] : [describeNumbers(bitNumbers(days, 1), ordinal)]),
    ...nthWeekdays.map(describeNth),
    ...(lastDay ? ['last day'] : []),
  ];
  const start = words[0]?.startsWith('every') ? 'every' : 'the';
  return `${start} ${listWords(words).replace(/^every (\S+) from/, '$1 day from the')} of the month`;
}

function describeWeekdays({ days, weekdays, nthWeekdays }: DayPart): string {
  if (days === ALL_DAYS) {
    return '';
  }
  const names = describeNumbers(bitNumbers(weekdays, 0), (day) => WEEKDAYS[day] ?? '');
  const positions = nthWeekdays.map((nth) => `the ${describeNth(nth)} of the month`);
  return listWords([...(weekdays === 0 ? [] : [names]), ...positions]);
}

function describeNth({ nth, weekday }: NthWeekday): string {
  return `${nth === 'last' ? nth : ordinal(nth)} ${WEEKDAYS[weekday]}`;
}

function describeMonths(months: NumberSet): string {
  return months.size === MONTHS.length
    ? ''
    : ` in ${describeNumbers(months, (month) => MONTHS[month - 1] ?? '')}`;
}

function describeYears({ ranges }: YearSet): string {
  if (ranges.some(({ from, to, step }) => from === FIRST_YEAR && to === LAST_YEAR && step === 1)) {
    return '';
  }
  const spans = ranges.map(({ from, to, step }) => {
    const span = from === to ? String(from) : `${from}${to === from + 1 ? ' and' : ' to'} ${to}`;
    const end = to === LAST_YEAR ? '' : ` to ${to}`;
    return step > 1 ? `every ${ordinal(step)} year from ${from}${end}` : span;
  });
  return ` in ${listWords(spans)}`;
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
