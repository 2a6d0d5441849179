import type { Exclusion } from './exclusion.js';

/** What another exclusion excludes between `from` and `to`, both included. */
export class WindowedExclusion implements Exclusion {
  constructor(
    private readonly inner: Exclusion,
    private readonly from: number,
    private readonly to: number,
  ) {}

  skipForward(instant: number): number {
    const inside = instant >= this.from && instant <= this.to;
    return inside ? Math.min(this.inner.skipForward(instant), this.to + 1) : instant;
  }

  skipBack(instant: number): number {
    const inside = instant >= this.from && instant <= this.to;
    return inside ? Math.max(this.inner.skipBack(instant), this.from - 1) : instant;
  }
}
