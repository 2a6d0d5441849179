import type { Clock } from '../../core/clock.js';
import type { FireReply } from '../../core/fire.js';
import { Alarm } from './alarm.js';
import type { StoreTime } from './store-time.js';

/**
 * Delays between looks at work that is due and that this node could not get: somebody else holds it. Stores let go after
 * two seconds of what a frozen node holds, and it is to begin elsewhere within three.
 */
const FIRST_RETRY_MS = 5;
const LONGEST_RETRY_MS = 500;

/** Delay after a look that failed for a reason that nobody has thought of. */
const FAILURE_PAUSE_MS = 1000;

/** What the pump drives. */
export interface PumpWork {
  /** Looks for work once. `null` when this node has no room for any. */
  look(): Promise<LookReply | null>;
  /** Whether there is room now for work that the last look had none for. */
  isHungry(): boolean;
}

export type LookReply = Pick<FireReply, 'now' | 'full' | 'nextDueAt' | 'nextReadyAt'> & {
  /** Something was fired or taken. */
  readonly progress: boolean;
};

export interface PumpTimes {
  /** How far ahead of its instant work may be taken, at the moment. */
  lead(): number;
  readonly sweepInterval: number;
}

/**
 * Looks for work whenever there may be some, and only then: at the lead before the next instant, when somebody says
 * that there is work, when there is room again, and once in a while in any case.
 */
export class Pump {
  private readonly alarm: Alarm;
  private readonly sweep: Alarm;
  private looking: Promise<void> | null = null;
  private again = false;
  private retryDelay = FIRST_RETRY_MS;
  private running = false;

  constructor(
    clock: Clock,
    private readonly time: StoreTime,
    private readonly times: PumpTimes,
    private readonly work: PumpWork,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.alarm = new Alarm(clock, time, () => this.lookSoon());
    this.sweep = new Alarm(clock, time, () => this.lookSoon());
  }

  start(): void {
    this.running = true;
    this.lookSoon();
  }

  /** Stops looking, and waits for a look that is under way. */
  async stop(): Promise<void> {
    this.running = false;
    this.alarm.cancel();
    this.sweep.cancel();
    await this.looking;
  }

  /** There is work at or after `at`. */
  wake(at: number): void {
    if (!this.running) {
      return;
    }
    const lookAt = at - this.times.lead();
    if (this.looking) {
      // The look that is under way may have missed it.
      this.again ||= lookAt <= this.time.now();
    }
    this.alarm.atMost(lookAt);
  }

  /** The store was asked what is next, by whomever: no need to ask it for the same soon. */
  surveyed(nextAt: number | null): void {
    if (this.running) {
      this.putOffSweep(this.time.now());
      this.wake(nextAt ?? Infinity);
    }
  }

  /** A run has ended. */
  roomAgain(): void {
    if (!this.again && this.work.isHungry()) {
      this.lookSoon();
    }
  }

  private lookSoon(): void {
    if (!this.running) {
      return;
    }
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = this.lookOn().finally(() => {
      this.looking = null;
      // Asked for between the last look and now.
      if (this.again) {
        this.lookSoon();
      }
    });
  }

  private async lookOn(): Promise<void> {
    // Many places come free in one breath, and one look is for all of them.
    await Promise.resolve();
    do {
      this.again = false;
      try {
        const reply = await this.work.look();
        if (reply && this.running) {
          this.plan(reply);
        }
      } catch (error) {
        // Nothing may end the loop, not even a mistake of its own.
        this.onFailure(error);
        if (this.running) {
          this.alarm.atMost(this.time.now() + FAILURE_PAUSE_MS);
        }
      }
    } while (this.running && this.again);
  }

  private plan(reply: LookReply): void {
    this.putOffSweep(reply.now);
    const next = Math.min(reply.nextDueAt ?? Infinity, reply.nextReadyAt ?? Infinity);
    if (reply.progress || next > reply.now) {
      // What somebody held is done, by whomever: the next time is another story.
      this.retryDelay = FIRST_RETRY_MS;
    }
    if (reply.full && reply.progress) {
      this.again = this.work.isHungry();
      return;
    }
    const lead = this.times.lead();
    if (next > reply.now + lead) {
      this.alarm.atMost(next - lead);
    } else if (next > reply.now) {
      // Within reach and left alone: to be decided at the instant, or locked by somebody.
      this.alarm.atMost(next);
    } else {
      this.alarm.atMost(reply.now + this.retryDelay);
      this.retryDelay = Math.min(2 * this.retryDelay, LONGEST_RETRY_MS);
    }
  }

  private putOffSweep(now: number): void {
    this.sweep.cancel();
    this.sweep.atMost(now + this.times.sweepInterval);
  }
}
