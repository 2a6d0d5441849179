import type { SchedulerEvent } from '../../core/events.js';
import { LeaseLapsedError } from '../../core/errors/lease-lapsed.error.js';
import { NodeLostError } from '../../core/errors/node-lost.error.js';
import { ShutdownError } from '../../core/errors/shutdown.error.js';
import type { FiredJob } from '../../core/fire.js';
import type { JobStore, ReapReply, StartReply } from '../../core/job-store.js';
import type { ClaimedRun } from '../../core/run.js';
import type { Settlement } from '../firing/attempt.js';
import { Attempt } from '../firing/attempt.js';
import type { AttemptListener } from '../firing/dispatcher.js';
import { Launcher } from '../firing/launcher.js';
import type { SettledAttempt } from '../firing/recorder.js';
import { Recorder } from '../firing/recorder.js';
import { toRunError } from '../firing/run-error.js';
import { HeldAttempts } from './held-attempts.js';
import { Membership } from './membership.js';
import type { NodeSurroundings } from './node-surroundings.js';
import { advertOf } from './node-surroundings.js';
import { Outage } from './outage.js';
import { GivenUpError, OutageGuard } from './outage-guard.js';
import { Pump } from './pump.js';
import type { EventOrigin } from './run-events.js';
import { abandonedEvent, fireEvents, outcomeEvent, reapedEvent, startEvent } from './run-events.js';
import { StoreTime } from './store-time.js';
import { WorkFinder } from './work-finder.js';

/** How long handlers that were told to stop have for it. */
const ABORT_GRACE_MS = 500;

/** One store at work: fires its jobs, runs what it claims and records the outcomes. */
export class StoreNode {
  private readonly time: StoreTime;
  /** Each gives up by itself: looking for work ends long before recording what was done. */
  private readonly guards: Readonly<Record<'work' | 'record' | 'membership', OutageGuard>>;
  private readonly membership: Membership;
  private readonly pump: Pump;
  private readonly launcher: Launcher;
  private readonly recorder: Recorder;
  private readonly held: HeldAttempts;

  private readonly attemptListener: AttemptListener = {
    onSubmitted: (attempt) => this.emit(startEvent(this.origin(attempt), 'job.submitted', attempt)),
    onStarted: (attempt) => {
      attempt.startedAt = Math.max(attempt.run.startAt, Math.floor(this.time.now()));
      this.emit(startEvent(this.origin(attempt), 'job.started', attempt));
    },
    onSettled: (attempt, settlement) => this.settled(attempt, settlement),
  };

  constructor(
    readonly alias: string,
    readonly store: JobStore,
    private readonly around: NodeSurroundings,
  ) {
    const { clock, lease, logger } = around.options;
    this.time = new StoreTime(clock);
    const outage = new Outage(clock, {
      onUnavailable: (error) => {
        logger.warn(`Store "${alias}" does not answer: ${toRunError(error).message}. Trying on.`);
        this.emit({ type: 'store.unavailable', ...this.origin(), error: toRunError(error) });
      },
      onRecovered: (durationMs) => {
        logger.log(`Store "${alias}" answers again after ${durationMs} ms.`);
        this.emit({ type: 'store.recovered', ...this.origin(), durationMs });
        this.membership.storeRecovered(durationMs);
        this.pump.wake(0);
      },
    });
    this.guards = {
      work: new OutageGuard(clock, outage),
      record: new OutageGuard(clock, outage),
      membership: new OutageGuard(clock, outage),
    };
    this.membership = new Membership(
      store,
      clock,
      this.time,
      this.guards.membership,
      lease,
      () => advertOf(around),
      {
        onConfirmed: () => this.launcher.resume(),
        onLapsed: () => this.held.abort(new LeaseLapsedError(this.nodeId)),
        onLost: () => this.nodeLost(),
        onRejoined: () => this.pump.start(),
        onReaped: (reply) => this.reaped(reply),
      },
    );
    this.held = new HeldAttempts(clock, around.dispatcher);
    const finder = new WorkFinder(store, this.guards.work, around, () => this.nodeId, {
      held: (nodeId) => this.held.of(nodeId).map(({ fence }) => fence),
      onFired: (fired) => this.fired(fired),
      onClaimed: (nodeId, run) => this.accept(nodeId, run),
      onParked: (jobId, error) => {
        logger.error(`Job "${jobId}" is parked: ${error.message}`);
        this.emit({ type: 'job.parked', ...this.origin(), jobId, error });
      },
      onLost: () => this.membership.lost(),
    });
    this.pump = new Pump(clock, this.time, around.options, finder, (error) => {
      if (!(error instanceof GivenUpError)) {
        logger.error(`Looking for work in store "${alias}" failed: ${toRunError(error).stack}`);
      }
    });
    this.launcher = new Launcher(clock, this.time, {
      start: (attempts) => this.startInStore(attempts),
      mayLaunch: () => this.membership.isSure,
      launch: (attempt) => {
        attempt.isSubmitted = true;
        around.dispatcher.submit(attempt, this.attemptListener);
      },
      drop: (attempt) => void this.held.letGo(attempt),
    });
    this.recorder = new Recorder(
      (callback) => clock.setTimer(clock.monotonic(), callback),
      (nodeId, outcomes) => this.guards.record.call(() => store.finish(nodeId, outcomes)),
      (settled, recorded) => this.recorded(settled, recorded),
      (readyAt) => this.pump.wake(readyAt),
    );
  }

  get nodeId(): string {
    return this.membership.nodeId;
  }

  /** The store's time, or a little less. */
  now(): number {
    return this.time.now();
  }

  /** Joins the store. Nothing fires yet. */
  join(): Promise<void> {
    return this.membership.join();
  }

  /** Begins to fire, or goes on firing after `rest`. */
  work(): void {
    this.guards.work.persist();
    this.pump.start();
  }

  /** There is, or was, work at or after `at`. */
  wake(at: number): void {
    this.pump.wake(at);
  }

  /** A place has become free, in whichever executor. */
  roomAgain(): void {
    this.pump.roomAgain();
  }

  /** Stops firing, and gives back what has not begun. What has begun goes on. */
  async rest(): Promise<void> {
    this.guards.work.giveUp();
    await this.pump.stop();
    await this.giveBack([
      ...(await this.launcher.drain()),
      ...this.around.dispatcher.drain(this.alias),
    ]);
  }

  /** Gives back runs whose handlers have not been called. */
  async giveBack(attempts: readonly Attempt[]): Promise<void> {
    attempts.forEach((attempt) => this.held.letGo(attempt));
    await this.release(attempts);
  }

  /**
   * Waits for what has begun, tells it to stop when `deadline` has come, and leaves the store.
   *
   * @param deadline monotonic time
   */
  async leave(deadline: number): Promise<void> {
    if (!(await this.held.drained(deadline))) {
      this.held.abort(new ShutdownError());
      await this.held.drained(deadline + ABORT_GRACE_MS);
    }
    for (const attempt of this.held.clear()) {
      this.emit(abandonedEvent(this.origin(attempt), attempt, 'shutdown'));
    }
    this.membership.stop();
    this.guards.record.giveUp();
    this.guards.membership.giveUp();
    try {
      await this.recorder.idle();
      await this.membership.leave();
    } catch (error) {
      // The lease runs out by itself; others wait for that.
      this.warn('It could not be left in order', error);
    }
  }

  private fired(fired: FiredJob): void {
    for (const instant of fired.conflicts) {
      this.around.options.logger.warn(
        `Job "${fired.job.id}": the instant ${new Date(instant).toISOString()} is on record already. It is not run again.`,
      );
    }
    fireEvents(this.origin(), fired).forEach((event) => this.emit(event));
  }

  private accept(nodeId: string, run: ClaimedRun): void {
    const attempt = new Attempt(run, this.alias, nodeId, this.around.options.jobLogger);
    this.held.hold(attempt);
    if (run.state === 'running') {
      this.launcher.clear(attempt);
    } else {
      this.launcher.hold(attempt);
    }
  }

  private async startInStore(attempts: readonly Attempt[]): Promise<StartReply> {
    const nodeId = attempts[0]?.nodeId ?? this.nodeId;
    try {
      return await this.guards.work.call(async () => {
        const sentAt = this.around.options.clock.monotonic();
        const reply = await this.store.start(
          nodeId,
          attempts.map(({ fence }) => fence),
        );
        this.time.observe(sentAt, reply.now);
        return reply;
      });
    } catch (error) {
      if (error instanceof NodeLostError) {
        this.membership.lost();
      }
      throw error;
    }
  }

  private settled(attempt: Attempt, settlement: Settlement): void {
    const now = Math.floor(this.time.now());
    const startedAt = attempt.startedAt ?? now;
    this.recorder.add({
      attempt,
      settlement,
      startedAt,
      finishedAt: Math.max(startedAt, now),
    });
  }

  private recorded(settled: SettledAttempt, recorded: boolean): void {
    if (this.held.letGo(settled.attempt)) {
      this.emit(outcomeEvent(this.origin(settled.attempt), settled, recorded));
    }
  }

  private async release(attempts: readonly Attempt[]): Promise<void> {
    const fences = attempts.map(({ fence }) => fence);
    try {
      if (attempts[0]) {
        await this.store.release(attempts[0].nodeId, fences);
      }
    } catch (error) {
      // They come free when the lease ends.
      this.warn('Runs that have not begun could not be given back', error);
    }
  }

  /** The store declared this node dead: what it held is somebody else's. */
  private nodeLost(): void {
    this.around.options.logger.warn(
      `Node ${this.nodeId} lost its lease on store "${this.alias}" and joins again as another.`,
    );
    void this.pump.stop();
    void this.launcher
      .drain()
      .then((attempts) => attempts.forEach((attempt) => this.held.letGo(attempt)));
    this.held.abort(new LeaseLapsedError(this.nodeId));
  }

  private reaped({ runs }: ReapReply): void {
    for (const run of runs) {
      if (run.attempt > 0) {
        this.emit(reapedEvent(this.origin(), run));
      }
    }
    if (runs.length > 0) {
      this.pump.wake(0);
    }
  }

  private origin(attempt?: Attempt): EventOrigin {
    return {
      at: new Date(Math.floor(this.time.now())),
      nodeId: attempt?.nodeId ?? this.nodeId,
      store: this.alias,
    };
  }

  private warn(what: string, error: unknown): void {
    const { logger } = this.around.options;
    logger.warn(`Store "${this.alias}": ${what}: ${toRunError(error).message}`);
  }

  private emit(event: SchedulerEvent): void {
    this.around.options.emit(event);
  }
}
