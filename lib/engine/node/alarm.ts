import type { CancelTimer, Clock } from '../../core/clock.js';
import type { StoreTime } from './store-time.js';

/**
 * One timer for the earliest of many wishes. Wishes only bring it forward; it is set anew after it has rung.
 */
export class Alarm {
  private at = Infinity;
  private cancelTimer: CancelTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly time: StoreTime,
    private readonly ring: () => void,
  ) {}

  /** Rings when the store's clock has reached `instant`, unless it rings earlier. */
  atMost(instant: number): void {
    if (instant >= this.at) {
      return;
    }
    this.cancelTimer?.();
    this.at = instant;
    this.cancelTimer = this.clock.setTimer(this.time.toMonotonic(instant), () => {
      this.at = Infinity;
      this.cancelTimer = undefined;
      this.ring();
    });
  }

  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.at = Infinity;
  }
}
