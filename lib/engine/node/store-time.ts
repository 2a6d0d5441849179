import type { Clock } from '../../core/clock.js';

/** How many readings count. Old ones go, so that slow drift of either clock is followed. */
const READINGS = 16;

/**
 * A contradiction beyond this, in milliseconds, is a jump of the store's clock or ours; below, it is rounding and
 * drift between readings.
 */
const TOLERANCE_MS = 2;

/** What one exchange with the store says about `store time - monotonic time`. */
interface Reading {
  readonly least: number;
  readonly most: number;
}

/**
 * The store's time, read off this process's monotonic clock.
 *
 * Each reply carries the store's time at some moment between request and reply, cut to whole milliseconds. That bounds
 * the offset between the two clocks from both sides, and several replies together bound it closely. What is given is
 * the lower bound: the store's clock shows at least that much, so nothing that waits for an instant starts early.
 */
export class StoreTime {
  private readings: Reading[] = [];
  private offset: number;
  private readonly jumpListeners = new Set<(ms: number) => void>();

  constructor(private readonly clock: Clock) {
    this.offset = clock.now() - clock.monotonic();
  }

  /**
   * @param sentAt monotonic time of the request; the reply came just now
   * @param storeNow what the store said
   */
  observe(sentAt: number, storeNow: number): void {
    const reading = { least: storeNow - this.clock.monotonic(), most: storeNow + 1 - sentAt };
    this.readings = [...this.readings, reading].slice(-READINGS);
    const isJump = this.least() > this.most() + TOLERANCE_MS;
    if (isJump) {
      this.readings = [reading];
    }
    const before = this.offset;
    this.offset = this.least();
    if (isJump) {
      this.jumpListeners.forEach((listener) => listener(this.offset - before));
    }
  }

  /**
   * Calls `listener` when one of the two clocks was set, or stood still, with the milliseconds by which the store's went
   * ahead of what was believed. The offset follows at once: led there gradually, runs would start early after a jump
   * back, and late after one ahead.
   */
  onJump(listener: (ms: number) => void): void {
    this.jumpListeners.add(listener);
  }

  /** The store's time, or a little less, with fractions. */
  now(): number {
    return this.clock.monotonic() + this.offset;
  }

  /** The monotonic time at which the store's clock has certainly reached `instant`. */
  toMonotonic(instant: number): number {
    return instant - this.offset;
  }

  private least(): number {
    return Math.max(...this.readings.map((reading) => reading.least));
  }

  private most(): number {
    return Math.min(...this.readings.map((reading) => reading.most));
  }
}
