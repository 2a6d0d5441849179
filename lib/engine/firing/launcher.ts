import type { Clock } from '../../core/clock.js';
import type { StartReply } from '../../core/job-store.js';
import { MinHeap } from '../../core/min-heap.js';
import { Alarm } from '../node/alarm.js';
import type { StoreTime } from '../node/store-time.js';
import type { Attempt } from './attempt.js';

/**
 * How far ahead of its instant a claimed run is turned `running`. Long enough for a batched write, short enough that
 * an edit seldom comes too late.
 */
const START_AHEAD_MS = 20;

/** Who carries out what the launcher times. */
export interface LaunchPad {
  /** Turns runs `running` in the store, for as long as it takes. */
  start(attempts: readonly Attempt[]): Promise<StartReply>;
  /** Whether the node knows itself to be alive. A process that was frozen may have lost everything. */
  mayLaunch(): boolean;
  /** The run is running and its instant has come. */
  launch(attempt: Attempt): void;
  /** An edit took the run back, or the node lost it. */
  drop(attempt: Attempt): void;
}

/**
 * Keeps runs that were claimed ahead of their time. Shortly before its instant a run is turned `running`, many in one
 * write; only those for which that succeeds begin, each at its instant and never before.
 */
export class Launcher {
  private readonly claimed = new MinHeap<Attempt>();
  private readonly cleared = new MinHeap<Attempt>();
  private readonly startAlarm: Alarm;
  private readonly launchAlarm: Alarm;
  private starting: Promise<void> | null = null;

  constructor(
    clock: Clock,
    private readonly time: StoreTime,
    private readonly pad: LaunchPad,
  ) {
    this.startAlarm = new Alarm(clock, time, () => this.startDue());
    this.launchAlarm = new Alarm(clock, time, () => this.launchDue());
  }

  /** Takes a run that was claimed ahead. */
  hold(attempt: Attempt): void {
    this.claimed.push(attempt.run.startAt, attempt);
    this.startAlarm.atMost(attempt.run.startAt - START_AHEAD_MS);
  }

  /** Takes a run that is running already. */
  clear(attempt: Attempt): void {
    this.cleared.push(attempt.run.startAt, attempt);
    this.launchDue();
  }

  /** To be told when the node may launch again. */
  resume(): void {
    this.launchDue();
  }

  /** Gives up everything that has not begun, and waits for a write that is on its way. */
  async drain(): Promise<Attempt[]> {
    this.startAlarm.cancel();
    const held = takeAll(this.claimed);
    await this.starting;
    this.startAlarm.cancel();
    this.launchAlarm.cancel();
    return [...held, ...takeAll(this.claimed), ...takeAll(this.cleared)];
  }

  private startDue(): void {
    this.starting ??= this.startBatches().finally(() => {
      this.starting = null;
      this.armStart();
    });
    // Failures end in drop(); nobody waits for this but drain().
    this.starting.catch(() => {});
  }

  private async startBatches(): Promise<void> {
    for (let batch = this.takeDue(); batch.length > 0; batch = this.takeDue()) {
      await this.startBatch(batch);
    }
  }

  private async startBatch(batch: readonly Attempt[]): Promise<void> {
    try {
      const { started } = await this.pad.start(batch);
      batch.forEach((attempt, index) => {
        if (started[index]) {
          this.cleared.push(attempt.run.startAt, attempt);
        } else {
          this.pad.drop(attempt);
        }
      });
      this.launchDue();
    } catch {
      // The node is lost, or the scheduler shuts down without its store: the runs are somebody else's now.
      batch.forEach((attempt) => this.pad.drop(attempt));
    }
  }

  private takeDue(): Attempt[] {
    const until = this.time.now() + START_AHEAD_MS;
    const due: Attempt[] = [];
    while ((this.claimed.peekKey() ?? Infinity) <= until) {
      due.push(this.claimed.pop() as Attempt);
    }
    return due;
  }

  private launchDue(): void {
    if (!this.pad.mayLaunch()) {
      return;
    }
    const now = this.time.now();
    while ((this.cleared.peekKey() ?? Infinity) <= now) {
      this.pad.launch(this.cleared.pop() as Attempt);
    }
    this.launchAlarm.atMost(this.cleared.peekKey() ?? Infinity);
  }

  private armStart(): void {
    this.startAlarm.atMost((this.claimed.peekKey() ?? Infinity) - START_AHEAD_MS);
  }
}

function takeAll(heap: MinHeap<Attempt>): Attempt[] {
  const all: Attempt[] = [];
  for (let attempt = heap.pop(); attempt !== undefined; attempt = heap.pop()) {
    all.push(attempt);
  }
  return all;
}
