import type { Executor } from '../../core/executor.js';
import { Queue } from '../../core/queue.js';

/**
 * Work that is held beyond what executes at once should start within about so many milliseconds: enough to bridge an
 * exchange with the store, too little for another node to have begun it much earlier.
 */
const PREFETCH_MS = 20;

/**
 * Bounds what a node holds however short its handlers are. Claimed ahead, so many runs of one instant begin together.
 */
const MOST_PREFETCH = 10_000;

/** Weight of the newest duration in the running mean. */
const NEWEST = 0.05;

/** The places of one executor: who may begin, and how much more work to fetch. */
export class Slots<T> {
  private readonly waiting = new Queue<T>();
  private active = 0;
  private held = 0;
  private meanMs: number | null = null;

  constructor(
    readonly executor: Executor,
    private readonly begin: (item: T) => void,
  ) {}

  /** How many more runs to claim. */
  get room(): number {
    return Math.max(0, this.executor.concurrency + this.prefetch - this.held);
  }

  /** Whether there is so much room that it is worth an exchange with the store. */
  get isHungry(): boolean {
    return (
      this.room > 0 && (this.active < this.executor.concurrency || this.room * 2 >= this.prefetch)
    );
  }

  /** Counts a run that was claimed, until `release`. */
  hold(): void {
    this.held += 1;
  }

  release(): void {
    this.held -= 1;
  }

  /** Begins the item now, or as soon as a place is free. */
  submit(item: T): void {
    if (this.active < this.executor.concurrency) {
      this.active += 1;
      this.begin(item);
    } else {
      this.waiting.push(item);
    }
  }

  /** An item that had begun is done. */
  done(durationMs: number): void {
    this.meanMs =
      this.meanMs === null ? durationMs : this.meanMs + NEWEST * (durationMs - this.meanMs);
    this.leave();
  }

  /** A place is free: the next item begins. */
  leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) {
      this.active -= 1;
    } else {
      this.begin(next);
    }
  }

  /** Takes out what matches and has not begun. */
  drain(matches: (item: T) => boolean): T[] {
    return this.waiting.remove(matches);
  }

  private get prefetch(): number {
    if (this.meanMs === null) {
      return 0;
    }
    const perSlot = PREFETCH_MS / Math.max(this.meanMs, 0.01);
    return Math.min(MOST_PREFETCH, Math.floor(perSlot * this.executor.concurrency));
  }
}
