import type { CancelTimer, Clock } from '../../../core/clock.js';

/**
 * Short enough for schedules, which name seconds at the finest; long enough for many nodes, of which each asks one
 * short statement each time.
 */
const PERIOD_MS = 1000;

/** Does something every second, in place of hearing when to. */
export class Poller {
  private cancelTimer: CancelTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly look: () => void,
  ) {}

  start(): void {
    if (!this.cancelTimer) {
      this.wait();
    }
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private wait(): void {
    this.cancelTimer = this.clock.setTimer(this.clock.monotonic() + PERIOD_MS, () => {
      this.wait();
      this.look();
    });
  }
}
