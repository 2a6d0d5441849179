/** Beyond this a node would claim for others what they could begin sooner. */
const MOST_LEAD_MS = 5000;

/** How many times the duration of a slow fire has room in the lead: it may have to wait for the one before it. */
const FIRES = 3;

/** What is left of the slowest fire's weight with each further one: a slow minute is forgotten after some dozens. */
const MEMORY = 0.95;

/**
 * How far ahead of its instant work may be claimed: far enough that a fire is done in time, also by a store that has
 * become slow. Runs that are claimed sooner than needed are out of the reach of other nodes.
 */
export class Lead {
  private slowest = 0;

  /** @param least in milliseconds; 0 for never ahead of the instant */
  constructor(private readonly least: number) {}

  get ms(): number {
    const needed = Math.min(MOST_LEAD_MS, Math.ceil(FIRES * this.slowest));
    return this.least === 0 ? 0 : Math.max(this.least, needed);
  }

  /** A fire took so many milliseconds. */
  observe(duration: number): void {
    this.slowest = Math.max(duration, this.slowest * MEMORY);
  }
}
