import type { Clock } from '../../core/clock.js';
import { NodeLostError } from '../../core/errors/node-lost.error.js';
import type { Outage } from './outage.js';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2000;

/** Thrown instead of trying again, once the guard was told to give up. */
export class GivenUpError extends Error {}

/** Calls the store, and calls again until it answers: no outage of any length ends the work. */
export class OutageGuard {
  private givenUp = false;
  private readonly sleepers = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly outage: Outage,
  ) {}

  get isDown(): boolean {
    return this.outage.isOn;
  }

  /**
   * Repeats `body` with growing, spread delays. Only the verdict that the node is lost is passed on at once.
   *
   * @throws NodeLostError, GivenUpError
   */
  async call<T>(body: () => Promise<T>): Promise<T> {
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, LONGEST_DELAY_MS)) {
      try {
        return await this.callOnce(body);
      } catch (error) {
        if (error instanceof NodeLostError) {
          throw error;
        }
      }
      // Spread over half the delay, so that nodes do not come back all at once.
      await this.sleep(delay * (0.5 + this.clock.random() / 2));
      if (this.givenUp) {
        throw new GivenUpError('The store does not answer, and nobody waits for it any more.');
      }
    }
  }

  /** For what makes no sense any more when the store is back. Its failure counts as an outage all the same. */
  async callOnce<T>(body: () => Promise<T>): Promise<T> {
    try {
      const result = await body();
      this.outage.succeeded();
      return result;
    } catch (error) {
      if (error instanceof NodeLostError) {
        this.outage.succeeded();
      } else {
        this.outage.failed(error);
      }
      throw error;
    }
  }

  /** Calls that have failed are not repeated any more. */
  giveUp(): void {
    this.givenUp = true;
    for (const wake of this.sleepers) {
      wake();
    }
  }

  /** Takes `giveUp` back. */
  persist(): void {
    this.givenUp = false;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.givenUp) {
        resolve();
        return;
      }
      const wake = (): void => {
        cancel();
        forget();
        this.sleepers.delete(wake);
        resolve();
      };
      const cancel = this.clock.setTimer(this.clock.monotonic() + ms, wake);
      const forget = this.outage.onceOver(wake);
      this.sleepers.add(wake);
    });
  }
}
