import type { CancelTimer, Clock } from '../../core/clock.js';

/** A process that has stood still for longer may have been given up by others meanwhile. */
const STALL_MS = 1000;

/** Two looks fit into a stall, so that none goes unseen. */
const LOOK_EVERY_MS = STALL_MS / 2;

/**
 * Notices when this process has stood still: its event loop was blocked, it was stopped by a signal, or the machine was
 * suspended. The monotonic clock tells of the first two. It stands still with a suspended machine, of which the
 * wall clock tells: a wall clock that was merely set costs a needless beat.
 */
export class StallWatch {
  private cancelLook: CancelTimer | undefined;
  private seenAt = 0;
  /** Wall clock less monotonic clock when the node was last known to be alive. */
  private offset: number;
  /** Monotonic time at which a stall was found of which nobody knows yet what others made of it. */
  private stalledAt: number | null = null;

  /** @param onStall to be called when a stall is found */
  constructor(
    private readonly clock: Clock,
    private readonly onStall: () => void,
  ) {
    this.offset = this.readOffset();
  }

  /** Watches, until `rest`. */
  watch(): void {
    if (!this.cancelLook) {
      this.seenAt = this.clock.monotonic();
      this.scheduleLook();
    }
  }

  /** There is nothing to be careful about. */
  rest(): void {
    this.cancelLook?.();
    this.cancelLook = undefined;
  }

  /** Whether the process has stood still since the store last said that the node is alive. */
  get isInDoubt(): boolean {
    if (this.cancelLook) {
      this.look(this.seenAt);
    }
    return this.stalledAt !== null;
  }

  /**
   * Something was asked of the store, and what it gave is to be acted upon.
   *
   * @param sentAt monotonic time of the question
   */
  answered(sentAt: number): void {
    this.look(this.cancelLook ? this.seenAt : sentAt);
  }

  /**
   * The store says that the node is alive.
   *
   * @param sentAt monotonic time of the question: one from before the stall proves nothing
   */
  confirmed(sentAt: number): void {
    if (this.stalledAt === null || sentAt >= this.stalledAt) {
      this.stalledAt = null;
      this.offset = this.readOffset();
    }
  }

  private scheduleLook(): void {
    this.cancelLook = this.clock.setTimer(this.clock.monotonic() + LOOK_EVERY_MS, () => {
      this.look(this.seenAt);
      this.scheduleLook();
    });
  }

  private look(since: number): void {
    const now = this.clock.monotonic();
    this.seenAt = now;
    const isStalled = now - since > STALL_MS || this.readOffset() - this.offset > STALL_MS;
    if (isStalled && this.stalledAt === null) {
      this.stalledAt = now;
      this.onStall();
    }
  }

  private readOffset(): number {
    return this.clock.now() - this.clock.monotonic();
  }
}
