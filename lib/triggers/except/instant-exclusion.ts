import type { Exclusion } from './exclusion.js';

/** Single instants. */
export class InstantExclusion implements Exclusion {
  constructor(private readonly instants: ReadonlySet<number>) {}

  skipForward(instant: number): number {
    return this.instants.has(instant) ? instant + 1 : instant;
  }

  skipBack(instant: number): number {
    return this.instants.has(instant) ? instant - 1 : instant;
  }
}
