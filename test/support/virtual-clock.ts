import type { CancelTimer } from '../../lib/core/clock.js';
import { Clock } from '../../lib/core/clock.js';
import { MinHeap } from '../../lib/core/min-heap.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** Somebody who does one thing after the other without end does not stop the time by it. */
const MOST_ROUNDS = 500;

/** Time that passes only when a test says so. Everything that a timer sets off is done before the next one rings. */
export class VirtualClock extends Clock {
  private elapsed = 0;
  private ids = 0;
  private seed: number;
  private keeping = 0;
  private readonly timers = new MinHeap<Timer>();

  /**
   * @param elsewhere what goes on outside of this process at the moment, such as in a database: time stands still for it
   */
  constructor(
    private readonly start = Date.parse('2026-01-05T00:00:00Z'),
    seed = 1,
    private readonly elsewhere: () => Promise<void> | null = () => null,
  ) {
    super();
    this.seed = seed;
  }

  /** How many holders keep the process alive. */
  get keptAlive(): number {
    return this.keeping;
  }

  now(): number {
    return Math.floor(this.start + this.elapsed);
  }

  monotonic(): number {
    return this.elapsed;
  }

  setTimer(at: number, callback: () => void): CancelTimer {
    const timer = { at, callback, cancelled: false };
    if (at <= this.elapsed) {
      setImmediate(() => {
        if (!timer.cancelled) {
          callback();
        }
      });
    } else {
      this.timers.push(at, timer);
    }
    return () => {
      timer.cancelled = true;
    };
  }

  keepAlive(): CancelTimer {
    this.keeping += 1;
    let kept = true;
    return () => {
      this.keeping -= kept ? 1 : 0;
      kept = false;
    };
  }

  random(): number {
    // Park and Miller's minimal standard generator: the same numbers in every run.
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }

  id(): string {
    this.ids += 1;
    return `00000000-0000-4000-8000-${this.ids.toString(16).padStart(12, '0')}`;
  }

  /** Lets time pass. */
  async advance(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    await this.settle();
    for (;;) {
      const next = this.timers.peekKey();
      if (next === undefined || next > end) {
        break;
      }
      this.elapsed = Math.max(this.elapsed, next);
      // Timers of one moment ring together, so that what they set off goes on side by side.
      if (this.ring(next)) {
        await this.settle();
      }
    }
    this.elapsed = end;
    await this.settle();
  }

  /** Jumps, as a machine that was suspended does: timers ring late, and each at most once. */
  skipTo(date: string): void {
    this.elapsed += Date.parse(date) - this.now();
  }

  async advanceTo(date: string): Promise<void> {
    await this.advance(Date.parse(date) - this.now());
  }

  /** `false` if all timers of that moment had been cancelled. */
  private ring(at: number): boolean {
    let hasRung = false;
    while (this.timers.peekKey() === at) {
      const timer = this.timers.pop();
      if (timer && !timer.cancelled) {
        timer.callback();
        hasRung = true;
      }
    }
    return hasRung;
  }

  /** Lets everything that is ready to run have its turn, and what that makes ready. */
  private async settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      for (let turns = 0; turns < 12; turns += 1) {
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      const pending = this.elsewhere();
      if (!pending) {
        return;
      }
      await pending;
    }
  }
}
