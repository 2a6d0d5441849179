import type { TimeZone } from '../time-zone/time-zone.js';
import type { Exclusion } from './exclusion.js';

/**
 * Whole units of wall-clock time: days, hours, minutes or seconds that a zone's clocks show. Those that they show
 * twice are excluded both times.
 */
export class WallExclusion implements Exclusion {
  /**
   * @param unit length of a unit in milliseconds
   * @param covers whether the unit that begins at this wall-clock time is excluded
   */
  constructor(
    private readonly zone: TimeZone,
    private readonly unit: number,
    private readonly covers: (wall: number) => boolean,
  ) {}

  skipForward(instant: number): number {
    const period = this.zone.periodAt(instant);
    const start = this.#unitAt(instant + period.offset);
    if (!this.covers(start)) {
      return instant;
    }
    return Math.min(start + this.unit - period.offset, period.end);
  }

  skipBack(instant: number): number {
    const period = this.zone.periodAt(instant);
    const start = this.#unitAt(instant + period.offset);
    if (!this.covers(start)) {
      return instant;
    }
    return Math.max(start - period.offset, period.start) - 1;
  }

  #unitAt(wall: number): number {
    return Math.floor(wall / this.unit) * this.unit;
  }
}
