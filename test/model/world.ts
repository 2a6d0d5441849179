import type { JobContext } from '../../lib/core/job-context.js';
import type { JobDefinition } from '../../lib/engine/definition/job-definition.js';
import type { Run } from '../../lib/engine/view/run.js';
import { decodeRunId } from '../../lib/engine/view/run-id.js';
import type { MemoryStoreMode } from '../../lib/stores/memory/index.js';
import { MemoryData, MemoryJobStore } from '../../lib/stores/memory/index.js';
import { at, interval } from '../../lib/triggers/index.js';
import { FlakyStore } from '../support/flaky-store.js';
import { TestScheduler } from '../support/test-scheduler.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** So long before its instant a run counts as running: no edit stops it then. */
const START_AHEAD_MS = 20;

/** A call of a handler, as an observer outside of the scheduler sees it. */
export interface Call {
  readonly jobId: string;
  readonly runId: string;
  readonly scheduledAt: number;
  readonly startedAt: number;
  readonly node: ModelNode;
}

/** What the world knows of a job that it added. */
export interface ModelJob {
  readonly id: string;
  /** Distance of its instants, `null` for a one-shot. */
  readonly every: number | null;
  /** Has instants without end. */
  recurs: boolean;
  readonly maxInstances: number;
  /** Nobody edited it: its instants are all known. */
  untouched: boolean;
  removedAt: number | null;
  /** While it is paused: since when. */
  pausedAt: number | null;
}

/** A process. It may lose its store for a while, or for ever. */
export interface ModelNode {
  readonly test: TestScheduler;
  readonly flaky: FlakyStore;
  isDead: boolean;
  /** It was dead or without its store at some time. */
  wasAway: boolean;
}

/** How a job of the model looks. */
export interface JobShape {
  readonly every: number | null;
  readonly delay: number;
  readonly duration: number;
  readonly maxInstances: number;
  readonly overlap: 'skip' | 'queue';
  readonly coalesce: 'latest' | 'earliest' | 'all';
}

/** Several processes on one memory store, on one virtual clock, and everything that was seen from outside. */
export class World {
  readonly clock = new VirtualClock();
  readonly calls: Call[] = [];
  readonly jobs: ModelJob[] = [];
  readonly nodes: ModelNode[] = [];
  readonly breaches: string[] = [];
  /** Handlers end at once, so that everything that waits has its turn soon. */
  isResting = false;
  private readonly data = new MemoryData(1_000_000);

  constructor(private readonly mode: MemoryStoreMode) {}

  get alive(): readonly ModelNode[] {
    return this.nodes.filter((node) => !node.isDead && !node.flaky.isDown);
  }

  async addNode(): Promise<void> {
    const flaky = new FlakyStore(new MemoryJobStore(this.data, this.mode));
    const test = new TestScheduler({ clock: this.clock, store: flaky.store });
    const node = { test, flaky, isDead: false, wasAway: false };
    test.handle('work', (context) => this.work(node, context));
    this.nodes.push(node);
    await test.scheduler.start();
  }

  /** A process that dies says nothing more, neither to the store nor to us. */
  kill(node: ModelNode): void {
    node.isDead = true;
    this.cutOff(node);
  }

  cutOff(node: ModelNode): void {
    node.flaky.isDown = true;
    node.wasAway = true;
  }

  async addJob(shape: JobShape): Promise<void> {
    const [node] = this.alive;
    if (!node) {
      return;
    }
    const id = `job-${this.jobs.length}`;
    this.jobs.push({
      id,
      every: shape.every,
      recurs: shape.every !== null,
      maxInstances: shape.maxInstances,
      untouched: true,
      removedAt: null,
      pausedAt: null,
    });
    await node.test.scheduler.operations.addJob(toDefinition(id, shape, this.clock.now()));
  }

  async allRuns(): Promise<readonly Run[]> {
    const { scheduler } = this.firstAlive().test;
    const runs: Run[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof scheduler.getRuns>> = await scheduler.getRuns({
        limit: 1000,
        ...(cursor === null ? {} : { cursor }),
      });
      runs.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return runs;
  }

  /** What must hold at any moment, as far as the store tells. */
  async look(): Promise<void> {
    const { items } = await this.firstAlive().test.scheduler.getRuns({
      state: 'running',
      limit: 1000,
    });
    for (const { id, maxInstances } of this.jobs) {
      const running = items.filter((run) => run.jobId === id).length;
      if (running > maxInstances) {
        this.breaches.push(`${running} runs of ${id} at once, ${maxInstances} are allowed`);
      }
    }
  }

  firstAlive(): ModelNode {
    const [node] = this.alive;
    if (!node) {
      throw new Error('The model killed everybody.');
    }
    return node;
  }

  async close(): Promise<void> {
    for (const { test } of this.nodes) {
      await test.stop();
    }
  }

  private work(node: ModelNode, context: JobContext): unknown {
    if (node.isDead) {
      return new Promise(() => {});
    }
    const { jobId, runId, scheduledAt, attempt, args } = context;
    const startedAt = this.clock.now();
    this.calls.push({ jobId, runId, scheduledAt: scheduledAt.getTime(), startedAt, node });
    // What somebody asked for, or had begun before, may begin at any time.
    const isPlanned = decodeRunId(runId)?.key.seq === 0 && attempt === 1;
    this.judge(node, jobId, scheduledAt.getTime(), startedAt, isPlanned);
    const duration = this.isResting ? 0 : Number(args[0]);
    return duration === 0
      ? undefined
      : new Promise<void>((resolve) => {
          this.clock.setTimer(this.clock.monotonic() + duration, resolve);
        });
  }

  /** What must hold at the very moment of a start. A node without its store is judged by its instant alone. */
  private judge(
    node: ModelNode,
    jobId: string,
    scheduledAt: number,
    startedAt: number,
    isPlanned: boolean,
  ): void {
    const job = this.jobs.find(({ id }) => id === jobId);
    if (startedAt < scheduledAt) {
      this.breaches.push(`${jobId} started ${scheduledAt - startedAt} ms before its instant`);
    }
    if (node.flaky.isDown) {
      return;
    }
    if (
      isPlanned &&
      typeof job?.removedAt === 'number' &&
      startedAt > job.removedAt + START_AHEAD_MS
    ) {
      this.breaches.push(`${jobId} started after it was removed`);
    }
    if (
      isPlanned &&
      typeof job?.pausedAt === 'number' &&
      startedAt > job.pausedAt + START_AHEAD_MS
    ) {
      this.breaches.push(`${jobId} started while it was paused`);
    }
  }
}

function toDefinition(id: string, shape: JobShape, now: number): JobDefinition {
  const { every, delay, duration, maxInstances, overlap, coalesce } = shape;
  return {
    id,
    handler: 'work',
    args: [duration],
    maxInstances,
    overlap,
    coalesce,
    trigger:
      every === null
        ? at(new Date(now + delay))
        : interval(every, { startDate: new Date(now + delay).toISOString() }),
  };
}
