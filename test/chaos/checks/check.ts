import type { Evidence } from '../ledger/evidence.js';

/** Something that must not be, in words. */
export type Breach = string;

/** One thing that must always hold. */
export type Check = (evidence: Evidence) => Breach[];

/** An instant for people. */
export function time(ms: number): string {
  const fraction = (ms % 1).toFixed(3).slice(2);
  return new Date(Math.floor(ms)).toISOString().slice(11, -1) + (ms % 1 === 0 ? '' : fraction);
}
