import type { CancelTimer, Clock } from '../../core/clock.js';
import type { Executor } from '../../core/executor.js';
import { Queue } from '../../core/queue.js';
import { Pace } from './pace.js';

/** How long work may wait for a place here before it is given back to whoever has one. */
const PATIENCE_MS = 250;

/**
 * Outcomes that are not on record yet hold no place, but no more work is fetched while there are so many: they are in
 * memory.
 */
const MOST_UNRECORDED = 10_000;

/** Work that takes a place. */
export interface Placed {
  /** Monotonic time at which it was given its place, or began to wait for one. */
  placedAt: number;
}

/** What happens to work that has a place, or got none. */
export interface SlotsListener<T> {
  begin(item: T): void;
  giveBack(items: readonly T[]): void;
}

/** The places of one executor: who may begin, and how much more work to fetch. */
export class Slots<T extends Placed> {
  private readonly waiting = new Queue<T>();
  private readonly pace: Pace;
  private active = 0;
  private held = 0;
  private unrecorded = 0;
  private cancelTimer: CancelTimer | undefined;

  constructor(
    readonly executor: Executor,
    private readonly clock: Clock,
    private readonly listener: SlotsListener<T>,
  ) {
    this.pace = new Pace(executor.concurrency);
  }

  /** How many more runs to claim. */
  get room(): number {
    return this.unrecorded < MOST_UNRECORDED
      ? Math.max(0, this.executor.concurrency + this.prefetch - this.held)
      : 0;
  }

  /** Whether there is so much room that it is worth an exchange with the store. */
  get isHungry(): boolean {
    return (
      this.room > 0 && (this.active < this.executor.concurrency || this.room * 2 >= this.prefetch)
    );
  }

  /** Counts a run that was claimed, until it is done or `release`d. */
  hold(): void {
    this.held += 1;
  }

  /** A run goes that has not begun. */
  release(): void {
    this.held -= 1;
  }

  /** The outcome of a run is on record. */
  recorded(): void {
    this.unrecorded -= 1;
  }

  /** Begins the item now, or as soon as a place is free. */
  submit(item: T): void {
    item.placedAt = this.clock.monotonic();
    if (this.active < this.executor.concurrency) {
      this.active += 1;
      this.begin(item, item.placedAt);
    } else {
      this.waiting.push(item);
      this.pace.wait(item.placedAt);
      this.watch(item.placedAt);
    }
  }

  /** An item that had begun is done. */
  done(item: T): void {
    const now = this.clock.monotonic();
    this.pace.end(item.placedAt, now, this.waiting.size > 0);
    this.held -= 1;
    this.unrecorded += 1;
    this.next(now);
  }

  /** An item that had a place and has not begun goes. */
  leave(item: T): void {
    this.pace.drop(item.placedAt);
    this.next(this.clock.monotonic());
  }

  /** Takes out what matches and has not begun. */
  drain(matches: (item: T) => boolean): T[] {
    return this.waiting.remove(matches);
  }

  close(): void {
    this.cancelTimer?.();
  }

  private get prefetch(): number {
    return this.pace.prefetch(this.active, this.clock.monotonic());
  }

  /** A place is free. */
  private next(now: number): void {
    const item = this.waiting.shift();
    if (item === undefined) {
      this.active -= 1;
    } else {
      item.placedAt = now;
      this.begin(item, now);
    }
  }

  private begin(item: T, now: number): void {
    this.pace.begin(now);
    this.listener.begin(item);
  }

  /** Sees to it that nothing waits for long behind work that takes longer than was to be expected. */
  private watch(since: number): void {
    this.cancelTimer ??= this.clock.setTimer(since + PATIENCE_MS, () => {
      this.cancelTimer = undefined;
      const due = this.clock.monotonic() - PATIENCE_MS;
      const late = this.waiting.remove((item) => item.placedAt <= due);
      if (late.length > 0) {
        this.listener.giveBack(late);
      }
      const first = this.waiting.peek();
      if (first) {
        this.watch(first.placedAt);
      }
    });
  }
}
