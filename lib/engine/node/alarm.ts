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
  ) {
    time.onJump(() => this.setAnew());
  }

  /** Rings when the store's clock has reached `instant`, unless it rings earlier. */
  atMost(instant: number): void {
    if (instant >= this.at) {
      return;
    }
    this.at = instant;
    this.setAnew();
  }

  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.at = Infinity;
  }

  /** Sets the timer by what the store's time is believed to be now. */
  private setAnew(): void {
    this.cancelTimer?.();
    if (this.at !== Infinity) {
      this.cancelTimer = this.clock.setTimer(this.time.toMonotonic(this.at), () => {
        this.at = Infinity;
        this.cancelTimer = undefined;
        this.ring();
      });
    }
  }
}
