import type { CancelTimer, Clock } from '../../core/clock.js';
import type { BeatReply } from '../../core/job-store.js';

export interface LeaseTimes {
  /** How long a node is believed alive after a beat, in milliseconds. */
  readonly ttl: number;
  /** Milliseconds between beats. */
  readonly renew: number;
  /** How many milliseconds before the end of the lease the node doubts itself. */
  readonly margin: number;
}

/** Who carries out what the lease times. */
export interface LeaseListener {
  /** Renews the lease in the store, for as long as it takes. Calls `onSend` before each try. */
  beat(onSend: () => void): Promise<BeatReply>;
  /** @param sentAt monotonic time before the beat was sent */
  onBeat(reply: BeatReply, sentAt: number): void;
  /** The lease has ended by this process's own clock, and nobody has said yet what others make of it. */
  onLapsed(): void;
  /** The store says that the node was declared dead, or was given up. */
  onLost(error: unknown): void;
}

/**
 * Keeps the node's lease. It is reckoned on the monotonic clock from before the beat was sent, so that this node
 * doubts itself before others may.
 */
export class Lease {
  private cancelBeat: CancelTimer | undefined;
  private cancelLapse: CancelTimer | undefined;
  private heldUntil = -Infinity;
  private stopped = false;
  private beating = false;
  private hurried = false;

  constructor(
    private readonly clock: Clock,
    private readonly times: LeaseTimes,
    private readonly listener: LeaseListener,
  ) {}

  /** Whether it lasts, by this process's own clock. */
  get isHeld(): boolean {
    return this.clock.monotonic() < this.heldUntil;
  }

  /** @param joinedAt monotonic time before the join was sent */
  start(joinedAt: number): void {
    this.heldFrom(joinedAt);
    this.scheduleBeat(joinedAt);
  }

  /** Beats as soon as can be. */
  hurry(): void {
    if (this.beating) {
      // The one that is on its way was sent before.
      this.hurried = true;
    } else if (!this.stopped) {
      this.cancelBeat?.();
      void this.beat();
    }
  }

  stop(): void {
    this.stopped = true;
    this.cancelBeat?.();
    this.cancelLapse?.();
  }

  private scheduleBeat(lastSentAt: number): void {
    this.cancelBeat = this.clock.setTimer(lastSentAt + this.times.renew, () => {
      void this.beat();
    });
  }

  private async beat(): Promise<void> {
    let sentAt = this.clock.monotonic();
    this.beating = true;
    this.hurried = false;
    try {
      const reply = await this.listener.beat(() => {
        sentAt = this.clock.monotonic();
      });
      if (!this.stopped) {
        this.heldFrom(sentAt);
        this.scheduleBeat(this.hurried ? sentAt - this.times.renew : sentAt);
        this.listener.onBeat(reply, sentAt);
      }
    } catch (error) {
      if (!this.stopped) {
        this.stop();
        this.listener.onLost(error);
      }
    } finally {
      this.beating = false;
    }
  }

  private heldFrom(sentAt: number): void {
    this.heldUntil = sentAt + this.times.ttl - this.times.margin;
    this.cancelLapse?.();
    this.cancelLapse = this.clock.setTimer(this.heldUntil, () => this.listener.onLapsed());
  }
}
