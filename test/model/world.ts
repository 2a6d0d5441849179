import type { JobContext } from '../../lib/core/job-context.js';
import type { RunFilter } from '../../lib/core/job-store.js';
import type { JobOperations } from '../../lib/engine/operations/job-operations.js';
import type { Job } from '../../lib/engine/view/job.js';
import { decodeRunId } from '../../lib/engine/view/run-id.js';
import type { Run } from '../../lib/engine/view/run.js';
import { TestScheduler } from '../support/test-scheduler.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { ClaimBook } from './claim-book.js';
import type { JobShape, ModelJob } from './model-job.js';
import { newJob, toDefinition } from './model-job.js';
import { ModelNode } from './model-node.js';
import type { AppTransaction, ModelStores } from './model-stores.js';
import { NodeClock } from './node.clock.js';
import { StoreLink } from './store-link.js';

const HOUR_MS = 3_600_000;

/** How wrong the wall clocks of processes are, one after the other. */
const CLOCKS_OFF = [0, HOUR_MS, -HOUR_MS];

/** A call of a handler, as an observer outside of the scheduler sees it. */
export interface Call {
  readonly job: ModelJob | undefined;
  readonly runId: string;
  readonly node: ModelNode;
  /** The handler is done, or something happened to its process so that others may have taken over. */
  isOver: boolean;
}

/** Several processes on one store, on one virtual clock, and everything that was seen from outside. */
export class World {
  readonly clock = new VirtualClock(undefined, undefined, () => this.storesAtWork());
  readonly calls: Call[] = [];
  readonly jobs: ModelJob[] = [];
  readonly nodes: ModelNode[] = [];
  readonly breaches: string[] = [];
  readonly book = new ClaimBook();
  /** When every node was well again. Handlers end at once since, so that everything that waits has its turn soon. */
  restsSince: number | null = null;

  private readonly stores: ModelStores;
  /** Only asks: no job runs here, and nothing happens to it. */
  private readonly desk: TestScheduler;
  private readonly begun = new Set<string>();
  private underWay = 0;
  private onIdle: (() => void)[] = [];

  constructor(openStores: (clock: VirtualClock) => ModelStores) {
    this.stores = openStores(this.clock);
    const clock = new NodeClock(this.clock, 0, 0);
    this.desk = new TestScheduler({ clock, store: this.linkOf(clock, null).store });
    this.desk.handle('work', () => {});
  }

  /** Those that an application can reach. */
  get well(): readonly ModelNode[] {
    return this.nodes.filter((node) => node.isWell);
  }

  /** Those that may have something to do again some time. */
  get present(): readonly ModelNode[] {
    return this.nodes.filter((node) => !node.isGone);
  }

  /** Where an application would ask for something. */
  get operations(): JobOperations {
    return (this.well[0]?.test ?? this.desk).scheduler.operations;
  }

  async addNode(): Promise<void> {
    const number = this.nodes.length;
    const off = CLOCKS_OFF[number % CLOCKS_OFF.length] ?? 0;
    const clock = new NodeClock(this.clock, off, 1_000_000 * (number + 1));
    const link = this.linkOf(clock, number);
    const test = new TestScheduler({ clock, store: link.store });
    const node = new ModelNode(number, test, clock, link, () => this.giveUpCalls(node));
    test.handle('work', (context) => this.work(node, context));
    this.nodes.push(node);
    await test.scheduler.start();
  }

  async addJob(shape: JobShape): Promise<void> {
    const job = newJob(`job-${this.jobs.length}`, shape, this.clock.now());
    this.jobs.push(job);
    await this.operations.addJob(toDefinition(job, shape));
  }

  /** Begins a transaction of the application, where there are such. */
  begin(): Promise<AppTransaction | null> {
    return this.stores.begin();
  }

  job(id: string): Promise<Job | null> {
    return this.desk.scheduler.getJob(id);
  }

  /** Runs as they are on record. */
  async runs(filter: Pick<RunFilter, 'state'> = {}): Promise<readonly Run[]> {
    const { scheduler } = this.desk;
    const runs: Run[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof scheduler.getRuns>> = await scheduler.getRuns({
        ...filter,
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
    const running = await this.runs({ state: ['running'] });
    for (const { id, maxInstances } of this.jobs) {
      const count = running.filter((run) => run.jobId === id).length;
      if (count > maxInstances) {
        this.breaches.push(`${count} runs of ${id} at once, ${maxInstances} are allowed`);
      }
    }
  }

  async close(): Promise<void> {
    this.nodes.forEach((node) => node.kill());
    await this.clock.advance(0);
    await this.stores.dispose();
  }

  private linkOf(clock: NodeClock, holder: number | null): StoreLink {
    return new StoreLink(this.stores.add(), clock, this.clock, this.stores.clock, {
      onCall: () => {
        this.underWay += 1;
        return this.stores.timeIs(this.clock.now());
      },
      onReply: (name, args, reply) => this.book.note(holder, this.clock.now(), name, args, reply),
      onDone: () => {
        this.underWay -= 1;
        this.onIdle.splice(0).forEach((tell) => tell());
      },
    });
  }

  private storesAtWork(): Promise<void> | null {
    return this.underWay === 0
      ? null
      : new Promise((resolve) => {
          this.onIdle.push(resolve);
        });
  }

  private async work(node: ModelNode, { jobId, runId, scheduledAt, attempt, args }: JobContext) {
    const job = this.jobs.find(({ id }) => id === jobId);
    const call = { job, runId, node, isOver: !node.isReliable };
    this.calls.push(call);
    this.judge(call, scheduledAt.getTime(), attempt);
    const duration = this.restsSince !== null ? 0 : Number(args[0]);
    if (duration > 0) {
      await new Promise<void>((resolve) => {
        node.clock.setTimer(node.clock.monotonic() + duration, resolve);
      });
    }
    call.isOver = true;
  }

  /** What must hold at the very moment of a start. */
  private judge({ job, runId, node }: Call, scheduledAt: number, attempt: number): void {
    const now = this.clock.now();
    const breach = (what: string): void =>
      void this.breaches.push(`${runId} of ${job?.id} ${what}`);
    if (now < scheduledAt) {
      breach(`started ${scheduledAt - now} ms before its instant`);
    }
    const start = `${runId} ${attempt}`;
    if (this.begun.has(start)) {
      breach(`began its attempt ${attempt} twice`);
    }
    this.begun.add(start);
    const key = decodeRunId(runId)?.key;
    const claim = key && this.book.claimOf(node.number, key, attempt);
    if (!claim || claim.runningSince === null) {
      breach('started without having been turned running');
    } else if (this.book.isSuperseded(key, claim)) {
      breach('started when it was no longer held');
    } else if (key.seq === 0 && attempt === 1) {
      // What somebody asked for, or had begun before, may begin at any time.
      if (claim.runningSince > (job?.removedAt ?? Infinity)) {
        breach('started after it was removed');
      }
      if (claim.runningSince > (job?.pausedAt ?? Infinity)) {
        breach('started while it was paused');
      }
    }
    const atOnce = new Set(
      this.calls.filter((call) => call.job === job && !call.isOver).map((call) => call.runId),
    );
    if (job && atOnce.size > job.maxInstances) {
      breach(`started as one of ${atOnce.size} at once, ${job.maxInstances} are allowed`);
    }
  }

  private giveUpCalls(node: ModelNode): void {
    this.calls.filter((call) => call.node === node).forEach((call) => (call.isOver = true));
  }
}
