import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';

/** Milliseconds of a Date, also of another realm's, NaN for an invalid one; `undefined` for what is no Date. */
export function timeOf(value: unknown): number | undefined {
  // Most dates come as text, and an error that is thrown to be caught costs 20 us.
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/**
 * A date that a trigger is asked about, in milliseconds.
 *
 * @throws InvalidTriggerError when it is no valid date
 */
export function instantOf(name: string, date: Date): number {
  const instant = timeOf(date) ?? NaN;
  if (Number.isNaN(instant)) {
    throw new InvalidTriggerError(name, date, 'Give a valid Date.');
  }
  return instant;
}

/** The date of an instant; `null` for NaN, and for instants that no Date can hold. */
export function dateOf(instant: number): Date | null {
  return Math.abs(instant) <= 8.64e15 ? new Date(instant) : null;
}
