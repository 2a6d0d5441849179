import { listWords, ordinal } from '../words.js';
import type { NumberSet } from './number-set.js';

/** A list with more parts than this is told by its step, if it has one. */
export const MOST_PARTS = 4;

/** `1`, `1 and 2`, `1 to 5 and 7`, `every 2nd from 1 to 29`. */
export function describeNumbers(
  numbers: NumberSet,
  name: (number: number) => string = String,
): string {
  const runs = runsOf(numbers);
  const gap = gapOf(numbers);
  if (runs.length > MOST_PARTS && gap > 0) {
    return `every ${ordinal(gap)} from ${name(numbers.first)} to ${name(numbers.last)}`;
  }
  return listWords(runs.flatMap(([from, to]) => spanOf(from, to, name)));
}

/** The distance between neighbours when it is the same everywhere, otherwise 0. */
export function gapOf(numbers: NumberSet): number {
  const gap = (numbers.last - numbers.first) / (numbers.size - 1);
  const isEven = numbers.values().every((value, index) => value === numbers.first + index * gap);
  return isEven ? gap : 0;
}

function spanOf(from: number, to: number, name: (number: number) => string): string[] {
  if (to - from > 1) {
    return [`${name(from)} to ${name(to)}`];
  }
  return from === to ? [name(from)] : [name(from), name(to)];
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
