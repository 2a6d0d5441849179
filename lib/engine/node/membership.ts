import type { Clock } from '../../core/clock.js';
import { NodeLostError } from '../../core/errors/node-lost.error.js';
import type { JobStore, NodeAdvert, ReapReply } from '../../core/job-store.js';
import type { LeaseTimes } from './lease.js';
import { Lease } from './lease.js';
import type { OutageGuard } from './outage-guard.js';
import { Reaper } from './reaper.js';
import type { StallWatch } from './stall-watch.js';
import type { StoreTime } from './store-time.js';

/**
 * How many nodes may die while they execute a run, less one: a run that took three processes down is not given a
 * fourth.
 */
const MAX_RECOVERIES = 2;

/** Beats after joining, one upon the other, that are worth their cost for what they tell of the store's clock. */
const CALIBRATION_BEATS = 3;

/** Who is told how a node fares. */
export interface MembershipListener {
  /**
   * The store has confirmed that the node is alive.
   *
   * @param workAt earliest time of work for the node
   */
  onConfirmed(workAt: number | null): void;
  /** The lease has ended by this process's own clock. */
  onLapsed(): void;
  /** The node was declared dead. This process is going to join as another. */
  onLost(): void;
  onRejoined(): void;
  onReaped(reply: ReapReply): void;
}

/** This process's membership in a store: its node, the node's lease, and the burial of others. */
export class Membership {
  /** Fresh with every join. */
  nodeId: string;
  private lease: Lease | undefined;
  private readonly reaper: Reaper;
  private left = false;

  constructor(
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly time: StoreTime,
    private readonly stalls: StallWatch,
    private readonly guard: OutageGuard,
    private readonly times: LeaseTimes,
    private readonly advert: () => Omit<NodeAdvert, 'nodeId'>,
    private readonly listener: MembershipListener,
  ) {
    this.nodeId = clock.id();
    this.reaper = new Reaper(
      clock,
      time,
      () => !guard.isDown && this.isSure,
      () => guard.callOnce(() => store.reap(MAX_RECOVERIES)),
      (reply) => listener.onReaped(reply),
    );
  }

  /** Joins the store. Fails if the store does not answer at once. */
  async join(): Promise<void> {
    let sentAt = this.clock.monotonic();
    const { now } = await this.store.join(
      { nodeId: this.nodeId, ...this.advert() },
      this.times.ttl,
    );
    this.time.observe(sentAt, now);
    for (let beats = 0; beats < CALIBRATION_BEATS; beats += 1) {
      sentAt = this.clock.monotonic();
      await this.beat();
    }
    this.keepLease(sentAt);
    this.reaper.holdOff(this.times.ttl);
  }

  /** Whether the node knows itself to be alive: its lease lasts by this process's own clock, which has not stood still. */
  get isSure(): boolean {
    return (this.lease?.isHeld ?? false) && !this.stalls.isInDoubt;
  }

  /** Asks the store now whether the node is alive, and says so to the listener. */
  confirm(): void {
    this.lease?.hurry();
  }

  /**
   * The store was away: nobody is declared dead until everybody has had time to say that they live. An outage shorter than
   * the distance of two beats has cost nobody a lease.
   */
  storeRecovered(durationMs: number): void {
    if (durationMs >= this.times.renew) {
      this.reaper.holdOff(this.times.ttl);
    }
  }

  /** Ends the lease, so that nobody waits for it to run out. */
  async leave(): Promise<void> {
    this.stop();
    await this.store.leave(this.nodeId);
  }

  stop(): void {
    this.left = true;
    this.lease?.stop();
    this.reaper.stop();
  }

  private keepLease(joinedAt: number): void {
    this.lease = new Lease(this.clock, this.times, {
      beat: (onSend) =>
        this.guard.call(() => {
          onSend();
          return this.beat();
        }),
      onBeat: ({ nextLapseAt, nextWorkAt }, sentAt) => {
        this.stalls.confirmed(sentAt);
        this.reaper.expect(nextLapseAt);
        this.listener.onConfirmed(nextWorkAt);
      },
      onLapsed: () => this.listener.onLapsed(),
      onLost: (error) => {
        if (error instanceof NodeLostError) {
          this.lost();
        }
      },
    });
    this.lease.start(joinedAt);
  }

  /** To be told when any call to the store says that the node was declared dead. May be told more than once. */
  lost(): void {
    if (this.left || !this.lease) {
      return;
    }
    this.lease.stop();
    this.lease = undefined;
    this.listener.onLost();
    void this.rejoin();
  }

  private async rejoin(): Promise<void> {
    try {
      await this.joinAnew();
      if (this.left) {
        this.stop();
      } else {
        this.listener.onRejoined();
      }
    } catch {
      // Only when the scheduler gives the store up.
    }
  }

  /** A process that stands still while it joins may be declared dead before it has: then it joins as yet another. */
  private async joinAnew(): Promise<void> {
    while (!this.left) {
      this.nodeId = this.clock.id();
      try {
        await this.guard.call(() => this.join());
        return;
      } catch (error) {
        if (!(error instanceof NodeLostError)) {
          throw error;
        }
      }
    }
  }

  private async beat() {
    const sentAt = this.clock.monotonic();
    const { handlers, executors } = this.advert();
    const reply = await this.store.beat(
      { nodeId: this.nodeId, handlers, executors },
      this.times.ttl,
    );
    this.time.observe(sentAt, reply.now);
    return reply;
  }
}
