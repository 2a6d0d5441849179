import { setTimeout as pause } from 'node:timers/promises';
import type { SchedulerEvent } from '../../lib/index.js';
import { until } from '../support/cluster/until.js';
import type { WallClock } from './clocks/wall-clock.js';
import { byPort } from './clocks/wall-clock.js';
import type { Journal } from './journal.js';
import type { ChaosOptions } from './options.js';
import { NodeProcess } from './node-process.js';

const READY_TIMEOUT_MS = 60_000;

/** How long a process that ended is not replaced: as long as a platform takes to see it, or not at all. */
const REPLACED_AFTER_MS = [0, 200, 1500, 4000];

/** The application processes: so many at a time, each replaced when it ends. */
export class Fleet {
  /** All that there have been. */
  readonly all: NodeProcess[] = [];
  /** What is deployed. */
  release = 0;

  private readonly current = new Map<number, NodeProcess>();
  private readonly supervisors: Promise<void>[] = [];
  private closing = false;

  constructor(
    private readonly url: string,
    private readonly options: ChaosOptions,
    private readonly clocks: readonly WallClock[],
    private readonly journal: Journal,
    private readonly signal: AbortSignal,
    private readonly onEvent: (event: SchedulerEvent) => void,
  ) {}

  async open(): Promise<void> {
    for (let slot = 0; slot < this.options.nodes; slot += 1) {
      this.supervisors.push(this.supervise(slot));
    }
    await this.complete();
  }

  /** Those that are at work and that nothing is being done to. */
  get well(): readonly NodeProcess[] {
    return [...this.current.values()].filter((node) => node.isWell);
  }

  get alive(): readonly NodeProcess[] {
    return [...this.current.values()].filter((node) => node.exitedAt === null);
  }

  /** Waits until all places are taken by processes that work. */
  async complete(): Promise<void> {
    const areReady = (): boolean => {
      this.signal.throwIfAborted();
      return this.well.length === this.options.nodes;
    };
    await until('all processes are ready', areReady, { within: READY_TIMEOUT_MS });
  }

  /** Asks all to end, and starts no more. */
  async stop(): Promise<void> {
    this.closing = true;
    for (const node of this.alive) {
      node.thaw();
    }
    await Promise.all(this.alive.map((node) => node.stop()));
    await Promise.all(this.supervisors);
  }

  /** Leaves no process behind. */
  killAll(): void {
    this.closing = true;
    for (const node of this.alive) {
      node.kill();
      node.thaw();
    }
  }

  private async supervise(slot: number): Promise<void> {
    for (let starts = 0; !this.closing; starts += 1) {
      const clock = this.clocks[(slot + starts) % this.clocks.length] ?? byPort(0);
      const node = new NodeProcess(
        { url: this.url, label: `${slot}.${starts}`, clock, release: this.release },
        this.options.sabotage,
        this.onEvent,
      );
      this.all.push(node);
      this.current.set(slot, node);
      this.journal.count('processes', 'started');
      if (clock.off !== 0) {
        this.journal.count('faults', `clock-off by ${clock.by}`);
      }
      await node.gone;
      if (!this.closing) {
        await pause(REPLACED_AFTER_MS[starts % REPLACED_AFTER_MS.length]);
      }
    }
  }
}
