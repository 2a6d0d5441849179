import type { Clock } from '../../core/clock.js';
import { NodeLostError } from '../../core/errors/node-lost.error.js';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2000;

/** What the guard tells of the store. */
export interface OutageListener {
  onUnavailable(error: unknown): void;
  onRecovered(durationMs: number): void;
}

/** Thrown instead of trying again, once the guard was told to give up. */
export class GivenUpError extends Error {}

/**
 * Calls the store, and calls again until it answers: no outage of any length ends the work, and its begin and end are
 * told once.
 */
export class OutageGuard {
  private downSince: number | null = null;
  private givenUp = false;
  private readonly sleepers = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly listener: OutageListener,
  ) {}

  get isDown(): boolean {
    return this.downSince !== null;
  }

  /** Repeats `body` with growing, spread delays. Only the verdict that the node is lost is passed on at once. */
  async call<T>(body: () => Promise<T>): Promise<T> {
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, LONGEST_DELAY_MS)) {
      try {
        const result = await body();
        this.succeeded();
        return result;
      } catch (error) {
        if (error instanceof NodeLostError) {
          this.succeeded();
          throw error;
        }
        this.failed(error);
      }
      // Spread over half the delay, so that nodes do not come back all at once.
      await this.sleep(delay * (0.5 + this.clock.random() / 2));
      if (this.givenUp) {
        throw new GivenUpError('The scheduler is shutting down and the store does not answer.');
      }
    }
  }

  /** Tries that have failed are not repeated any more. */
  giveUp(): void {
    this.givenUp = true;
    for (const wake of this.sleepers) {
      wake();
    }
  }

  private failed(error: unknown): void {
    if (this.downSince === null) {
      this.downSince = this.clock.monotonic();
      this.listener.onUnavailable(error);
    }
  }

  private succeeded(): void {
    if (this.downSince !== null) {
      const duration = this.clock.monotonic() - this.downSince;
      this.downSince = null;
      this.listener.onRecovered(Math.round(duration));
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.givenUp) {
        resolve();
        return;
      }
      const wake = (): void => {
        cancel();
        this.sleepers.delete(wake);
        resolve();
      };
      const cancel = this.clock.setTimer(this.clock.monotonic() + ms, wake);
      this.sleepers.add(wake);
    });
  }
}
