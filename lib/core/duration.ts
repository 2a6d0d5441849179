/** A length of time by units; what is not given counts as 0. Fractions are allowed where the sum is whole milliseconds. */
export interface DurationParts {
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/**
 * A length of time: a number of milliseconds, or an object of units.
 * A day is 24 hours here, whatever the clocks do.
 *
 * @example `5000`, `{ minutes: 5 }`, `{ hours: 1, minutes: 30 }`
 * @publicApi
 */
export type Duration = number | DurationParts;

/** Milliseconds of each unit. */
export const UNIT_MS = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
} as const satisfies Record<keyof DurationParts, number>;

/**
 * Longest duration that is accepted: 100 years of 365.25 days. Longer ones are a mistake in the unit,
 * and sums of instants stay far inside what a date can hold.
 */
const MAX_DURATION_MS = 3_155_760_000_000;

/** Why a value is no duration: the faulty part and the cure, for the caller's own kind of error. */
export interface DurationFault {
  /** `.minutes` and the like, or empty for the value itself. */
  readonly path: string;
  readonly value: unknown;
  readonly cure: string;
}

const CURE = 'Give milliseconds as a number, or an object such as { minutes: 5 }.';

/** `duration` in whole milliseconds, or what is wrong with it. Negative ones and more than 100 years are refused. */
export function readDuration(duration: unknown): number | DurationFault {
  const sum = typeof duration === 'number' ? duration : sumOfParts(duration);
  if (typeof sum !== 'number') {
    return sum;
  }
  // 0.1 + 0.2 seconds is 300.00000000000006 ms: forgive what is a rounding error and no more.
  const whole = Math.round(sum);
  if (!(Math.abs(sum - whole) < 1e-6)) {
    return { path: '', value: duration, cure: `It must come to whole milliseconds. ${CURE}` };
  }
  if (whole < 0 || whole > MAX_DURATION_MS) {
    return { path: '', value: duration, cure: `It must lie between 0 and 100 years. ${CURE}` };
  }
  return whole;
}

function sumOfParts(duration: unknown): number | DurationFault {
  if (typeof duration !== 'object' || duration === null || Array.isArray(duration)) {
    return { path: '', value: duration, cure: CURE };
  }
  let sum = 0;
  for (const [unit, amount] of Object.entries(duration)) {
    if (!Object.hasOwn(UNIT_MS, unit)) {
      const units = Object.keys(UNIT_MS).join(', ');
      return { path: `.${unit}`, value: amount, cure: `Units are ${units}.` };
    }
    if (amount === undefined) {
      continue;
    }
    if (typeof amount !== 'number' || !Number.isFinite(amount)) {
      return { path: `.${unit}`, value: amount, cure: 'Give a finite number.' };
    }
    sum += amount * UNIT_MS[unit as keyof DurationParts];
  }
  return sum;
}
