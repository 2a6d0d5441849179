/**
 * Work that is held beyond what executes at once should begin within about so many milliseconds: enough to bridge two
 * exchanges with a busy store, so that batches are large, too little for another node to have begun it much earlier.
 */
const PREFETCH_MS = 100;

/** Bounds what a node holds however short its handlers are. Claimed ahead, so many runs of one instant begin together. */
const MOST_PREFETCH = 10_000;

/** Weight of the newest measurement in a running mean. */
const NEWEST_DURATION = 0.05;
const NEWEST_RATE = 0.3;

/** How long the rate is measured at a time, in milliseconds; for less only where so much ended that it tells something. */
const STRETCH_MS = 5;
const LEAST_ENDS = 20;

/**
 * How fast the places of an executor get through work, and so how much more of it to fetch. The rate is measured while
 * work waits: handlers that compute share one processor, however many of them may be under way.
 */
export class Pace {
  private meanMs: number | null = null;
  /** Ends per millisecond while work waited. */
  private rate: number | null = null;
  private stretch: { readonly from: number; ends: number } | null = null;
  /** Sum of the times at which what is under way began. */
  private begunSum = 0;

  constructor(private readonly concurrency: number) {}

  begin(now: number): void {
    this.begunSum += now;
  }

  /** What had a place and has not begun is gone. */
  drop(placedAt: number): void {
    this.begunSum -= placedAt;
  }

  /** Work waits from now on. */
  wait(now: number): void {
    this.stretch ??= { from: now, ends: 0 };
  }

  /** @param waits whether work waits for the place that is free now */
  end(begunAt: number, now: number, waits: boolean): void {
    this.begunSum -= begunAt;
    this.meanMs = mean(this.meanMs, now - begunAt, NEWEST_DURATION);
    if (!this.stretch) {
      return;
    }
    this.stretch.ends += 1;
    const { from, ends } = this.stretch;
    const isOver = now - from >= STRETCH_MS;
    if (isOver || (!waits && ends >= LEAST_ENDS)) {
      this.rate = mean(this.rate, ends / Math.max(now - from, 0.1), NEWEST_RATE);
    }
    if (isOver || !waits) {
      this.stretch = waits ? { from: now, ends: 0 } : null;
    }
  }

  /**
   * How much to fetch beyond the places.
   *
   * @param active how many are under way. If they have been for long, further ones will take long as well
   */
  prefetch(active: number, now: number): number {
    if (this.meanMs === null) {
      return 0;
    }
    const age = active === 0 ? 0 : now - this.begunSum / active;
    const expected = this.rate ?? this.concurrency / Math.max(this.meanMs, PREFETCH_MS);
    const perMs = Math.min(expected, this.concurrency / Math.max(age, 0.01));
    return Math.min(MOST_PREFETCH, Math.floor(perMs * PREFETCH_MS));
  }
}

function mean(before: number | null, newest: number, weight: number): number {
  return before === null ? newest : before + weight * (newest - before);
}
