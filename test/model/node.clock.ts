import type { CancelTimer } from '../../lib/core/clock.js';
import { Clock } from '../../lib/core/clock.js';
import type { VirtualClock } from '../support/virtual-clock.js';

/**
 * The clock of one process. Its wall clock may be wrong, its monotonic one counts from wherever it likes, and while the
 * process is frozen nothing rings: both clocks go on, and what has come due rings when the process does.
 */
export class NodeClock extends Clock {
  private waiting: (() => void)[] | null = null;
  /** Since when the machine sleeps, and its monotonic clock with it. */
  private asleepSince: number | null = null;

  constructor(
    private readonly world: VirtualClock,
    private readonly offMs: number,
    private countsFrom: number,
  ) {
    super();
  }

  get isFrozen(): boolean {
    return this.waiting !== null;
  }

  freeze(): void {
    this.waiting ??= [];
  }

  /** Freezes the process with all of its machine: only the wall clock goes on. */
  suspend(): void {
    this.freeze();
    this.asleepSince ??= this.world.monotonic();
  }

  thaw(): void {
    if (this.asleepSince !== null) {
      this.countsFrom -= this.world.monotonic() - this.asleepSince;
      this.asleepSince = null;
    }
    const waiting = this.waiting ?? [];
    this.waiting = null;
    waiting.forEach((callback) => callback());
  }

  /** Calls back at once, or when the process goes on. */
  whenRunning(callback: () => void): void {
    if (this.waiting) {
      this.waiting.push(callback);
    } else {
      callback();
    }
  }

  now(): number {
    return this.world.now() + this.offMs;
  }

  monotonic(): number {
    return (this.asleepSince ?? this.world.monotonic()) + this.countsFrom;
  }

  setTimer(at: number, callback: () => void): CancelTimer {
    let isCancelled = false;
    let cancel: CancelTimer;
    const ring = (): void => {
      if (isCancelled) {
        return;
      }
      if (this.monotonic() < at) {
        // The clock stood still meanwhile.
        wait();
      } else {
        callback();
      }
    };
    const wait = (): void => {
      cancel = this.world.setTimer(at - this.countsFrom, () => this.whenRunning(ring));
    };
    wait();
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  keepAlive(): CancelTimer {
    return this.world.keepAlive();
  }

  random(): number {
    return this.world.random();
  }

  id(): string {
    return this.world.id();
  }
}
