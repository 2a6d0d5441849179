import { listWords, ordinal } from '../words.js';
import type { NumberSet } from './number-set.js';

/** More times of day than this are told by their rule. */
const MOST_TIMES = 4;

/** `at 05:30`, `every 5 minutes`, `at minute 10 of every hour`, `every 5 minutes from 09:00 to 17:59`. */
export function describeTimes(hours: NumberSet, minutes: NumberSet, seconds: NumberSet): string {
  if (hours.size * minutes.size * seconds.size <= MOST_TIMES) {
    return `at ${listWords(timesOf(hours, minutes, seconds))}`;
  }
  const atFullMinute = seconds.size === 1 && seconds.first === 0;
  const atFullHour = atFullMinute && minutes.size === 1 && minutes.first === 0;
  if (atFullHour) {
    const step = stepOf(hours, 24);
    return step === 0
      ? `at ${listWords(timesOf(hours, minutes, seconds))}`
      : `every ${step === 1 ? 'hour' : `${step} hours`}`;
  }
  const words = atFullMinute ? [everyOf('minute', minutes)] : [everyOf('second', seconds)];
  if (!atFullMinute && minutes.size < 60) {
    words.push(ofEvery('minute', minutes));
  }
  const openMinutes = minutes.size === 60 || stepOf(minutes, 60) > 0;
  if (hours.size < 24) {
    words.push(duringHours(hours));
  } else if (!openMinutes) {
    words.push('of every hour');
  } else if (!atFullMinute && minutes.size === 60 && stepOf(seconds, 60) === 0) {
    words.push('of every minute');
  }
  return words.join(' ');
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
  if (step === 0) {
    return `at ${unit} ${listWords(numbers.values().map(String))}`;
  }
  return step === 1 ? `every ${unit}` : `every ${step} ${unit}s`;
}

function ofEvery(unit: string, numbers: NumberSet): string {
  const step = stepOf(numbers, 60);
  return step > 1
    ? `of every ${ordinal(step)} ${unit}`
    : `of ${unit} ${listWords(numbers.values().map(String))}`;
}

function duringHours(hours: NumberSet): string {
  if (hours.last - hours.first + 1 === hours.size) {
    return `from ${twoDigits(hours.first)}:00 to ${twoDigits(hours.last)}:59`;
  }
  const step = stepOf(hours, 24);
  return step > 1
    ? `of every ${ordinal(step)} hour`
    : `of hour ${listWords(hours.values().map(String))}`;
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
