import type { Exclusion } from './exclusion.js';

/** What at least one of some exclusions excludes. */
export class AnyExclusion implements Exclusion {
  constructor(private readonly members: readonly Exclusion[]) {}

  skipForward(instant: number): number {
    return Math.max(...this.members.map((member) => member.skipForward(instant)));
  }

  skipBack(instant: number): number {
    return Math.min(...this.members.map((member) => member.skipBack(instant)));
  }
}
