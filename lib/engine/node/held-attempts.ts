import type { Clock } from '../../core/clock.js';
import type { Attempt } from '../firing/attempt.js';
import type { Dispatcher } from '../firing/dispatcher.js';
import type { StallWatch } from './stall-watch.js';

/** The attempts that a node holds, from the claim until their outcome is on record. */
export class HeldAttempts {
  private readonly held = new Set<Attempt>();
  /** Ends the waiting of `drained`. */
  private enough: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly stalls: StallWatch,
  ) {}

  hold(attempt: Attempt): void {
    this.held.add(attempt);
    this.stalls.watch();
    this.dispatcher.hold(attempt);
  }

  /** `false` if it is held no more. */
  letGo(attempt: Attempt): boolean {
    const wasHeld = this.held.delete(attempt);
    if (wasHeld) {
      this.dispatcher.release(attempt);
    }
    if (this.held.size === 0) {
      this.stalls.rest();
      this.enough?.();
    }
    return wasHeld;
  }

  /** Those that were claimed in a node's name. */
  of(nodeId: string): readonly Attempt[] {
    return [...this.held].filter((attempt) => attempt.nodeId === nodeId);
  }

  /** Lets go of all. */
  clear(): readonly Attempt[] {
    const all = [...this.held];
    all.forEach((attempt) => this.letGo(attempt));
    return all;
  }

  /** Asks all handlers to stop. */
  abort(reason: Error): void {
    for (const attempt of this.held) {
      // The others are started or given back when it is known what has become of them.
      if (attempt.isSubmitted) {
        attempt.abort(reason);
      }
    }
  }

  /** Ends a wait for them now, as if the deadline had come. */
  hurry(): void {
    this.enough?.();
  }

  /**
   * Waits until nothing is held.
   *
   * @param deadline monotonic time
   * @returns `false` if the deadline came first
   */
  async drained(deadline: number): Promise<boolean> {
    if (this.held.size > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.setTimer(deadline, resolve);
        this.enough = () => {
          cancel();
          resolve();
        };
      });
      this.enough = null;
    }
    return this.held.size === 0;
  }
}
