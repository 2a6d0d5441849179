import { listWords, ordinal } from '../words.js';
import type { NumberSet } from './number-set.js';
import { describeNumbers, gapOf, MOST_PARTS } from './number-words.js';

/** `at 05:30`, `every 5 minutes`, `at minute 10 of every hour`, `every 5 minutes from 09:00 to 17:59`. */
export function describeTimes(hours: NumberSet, minutes: NumberSet, seconds: NumberSet): string {
  if (hours.size * minutes.size * seconds.size <= MOST_PARTS) {
    return `at ${listWords(timesOf(hours, minutes, seconds))}`;
  }
  const atFullMinute = seconds.size === 1 && seconds.first === 0;
  if (atFullMinute && minutes.size === 1 && minutes.first === 0) {
    return describeFullHours(hours);
  }
  if (atFullMinute) {
    const ofHours = stepOf(minutes, 60) === 0 ? ' of every hour' : '';
    return `${everyOf('minute', minutes)}${hours.size === 24 ? ofHours : ` ${duringHours(hours)}`}`;
  }
  const ofMinutes = minutes.size < 60 ? ` ${ofEvery('minute', minutes)}` : '';
  const ofEveryMinute = minutes.size === 60 && stepOf(seconds, 60) === 0 ? ' of every minute' : '';
  const ofEveryHour = minutes.size < 60 && stepOf(minutes, 60) === 0 ? ' of every hour' : '';
  const ofHours = hours.size === 24 ? ofEveryHour : ` ${duringHours(hours)}`;
  return `${everyOf('second', seconds)}${ofMinutes}${ofEveryMinute}${ofHours}`;
}

function describeFullHours(hours: NumberSet): string {
  const gap = gapOf(hours);
  if (gap === 0) {
    return `at ${listWords(hours.values().map((hour) => `${twoDigits(hour)}:00`))}`;
  }
  const ends = ` from ${twoDigits(hours.first)}:00 to ${twoDigits(hours.last)}:00`;
  return `every ${gap === 1 ? 'hour' : `${gap} hours`}${stepOf(hours, 24) > 0 ? '' : ends}`;
}

function timesOf(hours: NumberSet, minutes: NumberSet, seconds: NumberSet): string[] {
  const withSeconds = seconds.size > 1 || seconds.first !== 0;
  const times: string[] = [];
  for (const hour of hours.values()) {
    for (const minute of minutes.values()) {
      for (const second of seconds.values()) {
        times.push([hour, minute, ...(withSeconds ? [second] : [])].map(twoDigits).join(':'));
      }
    }
  }
  return times;
}

function everyOf(unit: string, numbers: NumberSet): string {
  const step = stepOf(numbers, 60);
  if (step > 0) {
    return step === 1 ? `every ${unit}` : `every ${step} ${unit}s`;
  }
  const gap = gapOf(numbers);
  return gap > 1 && numbers.size > MOST_PARTS
    ? `every ${gap} ${unit}s from ${unit} ${numbers.first} to ${numbers.last}`
    : `at ${unit} ${describeNumbers(numbers)}`;
}

function ofEvery(unit: string, numbers: NumberSet): string {
  const step = stepOf(numbers, unit === 'hour' ? 24 : 60);
  if (step > 1) {
    return `of every ${ordinal(step)} ${unit}`;
  }
  const words = describeNumbers(numbers);
  return words.startsWith('every')
    ? `of ${words.replace(' from', ` ${unit} from`)}`
    : `of ${unit} ${words}`;
}

function duringHours(hours: NumberSet): string {
  return hours.last - hours.first + 1 === hours.size
    ? `from ${twoDigits(hours.first)}:00 to ${twoDigits(hours.last)}:59`
    : ofEvery('hour', hours);
}

/** The step of numbers that divide `all` evenly from 0 on, 0 for all others. */
function stepOf(numbers: NumberSet, all: number): number {
  const step = all / numbers.size;
  const values = numbers.values();
  return Number.isInteger(step) &&
    values.every((value, index) => value === index * step) &&
    step < all
    ? step
    : 0;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
