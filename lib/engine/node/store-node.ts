import { LeaseLapsedError } from '../../core/errors/lease-lapsed.error.js';
import { NodeLostError } from '../../core/errors/node-lost.error.js';
import { ShutdownError } from '../../core/errors/shutdown.error.js';
import type { JobStore, ReapReply, StartReply } from '../../core/job-store.js';
import type { ClaimedRun } from '../../core/run.js';
import type { ClusterEvents } from '../cluster/cluster-events.js';
import type { AttemptServices } from '../firing/attempt.js';
import { Attempt } from '../firing/attempt.js';
import type { AttemptListener } from '../firing/dispatcher.js';
import { Launcher } from '../firing/launcher.js';
import { HeldAttempts } from './held-attempts.js';
import { Lead } from './lead.js';
import { Membership } from './membership.js';
import { NodeReporter } from './node-reporter.js';
import type { NodeSurroundings } from './node-surroundings.js';
import { advertOf } from './node-surroundings.js';
import { Outage } from './outage.js';
import { GivenUpError, OutageGuard } from './outage-guard.js';
import { Outcomes } from './outcomes.js';
import { ProgressReports } from './progress-reports.js';
import { Pump } from './pump.js';
import { Returns } from './returns.js';
import { StallWatch } from './stall-watch.js';
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
  private readonly outcomes: Outcomes;
  private readonly progress: ProgressReports;
  private readonly returns: Returns;
  private readonly held: HeldAttempts;
  private isHurried = false;

  private readonly reporter: NodeReporter;

  private readonly attemptListener: AttemptListener = {
    mayBegin: () => this.membership.isSure,
    giveBack: (attempts) => void this.giveBack(attempts),
    onSubmitted: (attempt) => this.reporter.submitted(attempt),
    onStarted: (attempt) => {
      attempt.startedAt = Math.max(attempt.run.startAt, Math.floor(this.time.now()));
      this.reporter.started(attempt);
    },
    onSettled: (attempt, settlement) => {
      this.progress.forget(attempt);
      this.outcomes.settled(attempt, settlement);
    },
  };

  private readonly attemptServices: AttemptServices = {
    logger: (jobId) => this.around.options.jobLogger(jobId),
    progress: (attempt, fraction, note) => this.progress.report(attempt, fraction, note),
    complete: (attempt, manager) => this.outcomes.complete(attempt, manager),
  };

  constructor(
    readonly alias: string,
    readonly store: JobStore,
    private readonly around: NodeSurroundings,
    cluster: ClusterEvents | null,
  ) {
    const { options } = around;
    const { clock } = options;
    this.time = new StoreTime(clock);
    const reporter = new NodeReporter(
      alias,
      options,
      () => this.time.now(),
      () => this.nodeId,
      cluster,
    );
    this.reporter = reporter;
    this.time.onJump((ms) => {
      reporter.clockJumped(ms);
      // The alarms have been set anew by the time that they find now; what has become due is looked for.
      this.pump.wake(0);
    });
    const outage = new Outage(clock, {
      onUnavailable: (error) => reporter.storeUnavailable(error),
      onRecovered: (durationMs) => {
        reporter.storeRecovered(durationMs);
        this.membership.storeRecovered(durationMs);
        this.pump.wake(0);
      },
    });
    this.guards = {
      work: new OutageGuard(clock, outage),
      record: new OutageGuard(clock, outage),
      membership: new OutageGuard(clock, outage),
    };
    const stalls = new StallWatch(clock, () => this.membership.confirm());
    this.membership = new Membership(
      store,
      clock,
      this.time,
      stalls,
      this.guards.membership,
      options.lease,
      () => advertOf(around),
      {
        onConfirmed: (workAt) => this.confirmed(workAt),
        onLapsed: () => this.held.abort(new LeaseLapsedError(this.nodeId)),
        onLost: () => this.nodeLost(),
        onRejoined: () => this.pump.start(),
        onReaped: (reply) => this.reaped(reply),
      },
    );
    this.held = new HeldAttempts(clock, around.dispatcher, stalls);
    this.returns = new Returns(store, this.guards.record, this.held, reporter);
    const lead = new Lead(options.lead);
    const finder = new WorkFinder(store, this.guards.work, around, lead, () => this.nodeId, {
      held: (nodeId) => this.held.of(nodeId).map(({ fence }) => fence),
      onFired: (fired) => reporter.fired(fired),
      onClaimed: (nodeId, run) => this.accept(nodeId, run),
      onParked: (jobId, error) => reporter.parked(jobId, error),
      onAnswered: (sentAt) => stalls.answered(sentAt),
      onLost: () => this.membership.lost(),
    });
    const times = { lead: () => lead.ms, sweepInterval: options.sweepInterval };
    this.pump = new Pump(clock, this.time, times, finder, (error) => {
      if (!(error instanceof GivenUpError)) {
        reporter.lookFailed(error);
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
    this.progress = new ProgressReports(store, clock, (attempt, progress) =>
      reporter.progressed(attempt, progress),
    );
    this.outcomes = new Outcomes(
      store,
      clock,
      this.time,
      this.guards.record,
      this.held,
      reporter,
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
  giveBack(attempts: readonly Attempt[]): Promise<void> {
    return this.returns.giveBack(attempts);
  }

  /**
   * Waits for what has begun, tells it to stop when `deadline` has come, and leaves the store.
   *
   * @param deadline monotonic time
   */
  async leave(deadline: number): Promise<void> {
    if (this.isHurried || !(await this.held.drained(deadline))) {
      this.held.abort(new ShutdownError());
      await this.held.drained(this.around.options.clock.monotonic() + ABORT_GRACE_MS);
    }
    for (const attempt of this.held.clear()) {
      this.reporter.abandoned(attempt, 'shutdown');
    }
    this.membership.stop();
    this.progress.stop();
    this.guards.record.giveUp();
    this.guards.membership.giveUp();
    try {
      await this.outcomes.close();
      await this.membership.leave();
    } catch (error) {
      // The lease runs out by itself; others wait for that.
      this.reporter.warn('It could not be left in order', error);
    }
  }

  /** `leave` waits no longer for what has begun. */
  hurry(): void {
    this.isHurried = true;
    this.held.hurry();
  }

  private confirmed(workAt: number | null): void {
    this.launcher.resume();
    this.around.dispatcher.resume();
    this.pump.surveyed(workAt);
  }

  private accept(nodeId: string, run: ClaimedRun): void {
    const attempt = new Attempt(run, this.alias, nodeId, this.attemptServices);
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

  /** The store declared this node dead: what it held is somebody else's. */
  private nodeLost(): void {
    this.reporter.nodeLost();
    void this.pump.stop();
    const letGo = (attempt: Attempt): void => void this.held.letGo(attempt);
    void this.launcher.drain().then((attempts) => attempts.forEach(letGo));
    this.around.dispatcher.drain(this.alias).forEach(letGo);
    this.held.abort(new LeaseLapsedError(this.nodeId));
  }

  private reaped({ runs }: ReapReply): void {
    for (const run of runs) {
      if (run.attempt > 0) {
        this.reporter.reaped(run);
      }
    }
    if (runs.length > 0) {
      this.pump.wake(0);
    }
  }
}
