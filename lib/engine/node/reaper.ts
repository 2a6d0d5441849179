import type { Clock } from '../../core/clock.js';
import type { ReapReply } from '../../core/job-store.js';
import { Alarm } from './alarm.js';
import type { StoreTime } from './store-time.js';

/**
 * Hands on what dead nodes hold, at the moment that a lease ends.
 *
 * A node that could not reach the store, or has only just joined it, does not know whether others could: it waits for
 * a lease's time before it declares anybody dead. Otherwise an outage of the store would look like the death of all.
 */
export class Reaper {
  private readonly alarm: Alarm;
  private notBefore = 0;
  private stopped = false;

  /**
   * @param mayJudge whether this node knows itself to be alive
   * @param reap declares and hands on. It tries but once: repeated until the store is back, it would come before others
   * can say that they live
   */
  constructor(
    clock: Clock,
    private readonly time: StoreTime,
    private readonly mayJudge: () => boolean,
    private readonly reap: () => Promise<ReapReply>,
    private readonly onReaped: (reply: ReapReply) => void,
  ) {
    this.alarm = new Alarm(clock, time, () => void this.run());
  }

  /** Nobody is declared dead for so many milliseconds. */
  holdOff(ms: number): void {
    this.notBefore = this.time.now() + ms;
    this.alarm.atMost(this.notBefore);
  }

  /** Earliest end of another node's lease, as the store has just said: what it said before counts no more. */
  expect(lapseAt: number | null): void {
    this.alarm.cancel();
    this.expectAtMost(lapseAt);
  }

  stop(): void {
    this.stopped = true;
    this.alarm.cancel();
  }

  private async run(): Promise<void> {
    // As long as its own lease is in doubt it would declare itself dead too. The next beat, or the end of the outage,
    // sets the alarm again.
    if (this.stopped || !this.mayJudge()) {
      return;
    }
    if (this.time.now() < this.notBefore) {
      this.alarm.atMost(this.notBefore);
      return;
    }
    try {
      const reply = await this.reap();
      this.onReaped(reply);
      this.expectAtMost(reply.nextLapseAt);
    } catch {
      // An outage: when it ends, the alarm is set again.
    }
  }

  private expectAtMost(lapseAt: number | null): void {
    if (lapseAt !== null && !this.stopped) {
      this.alarm.atMost(Math.max(lapseAt, this.notBefore));
    }
  }
}
