import type { JobStore, StoreContext } from '../../lib/core/job-store.js';
import type { VirtualClock } from '../support/virtual-clock.js';
import { StoreNode } from './store-node.js';

/** What a store's spec provides: two stores that share their data, as two processes on one database do. */
export interface StorePair {
  readonly first: JobStore;
  readonly second: JobStore;
  /** Told when the clock was set forward: the stores' time is that of the clock. */
  timeIs(now: number): Promise<void>;
  /** Deletes what the stores leave behind once they are closed. */
  dispose(): Promise<void>;
}

export type StorePairFactory = (clock: VirtualClock) => Promise<StorePair>;

const HANDLERS = ['a', 'b'];
const EXECUTORS = ['default'];

/** Two open stores on shared data, at a time that passes only when a test says so. */
export class StoreWorld {
  /** What the stores announced, and what they complained of. */
  readonly woken: number[] = [];
  readonly warnings: string[] = [];

  private constructor(
    readonly clock: VirtualClock,
    private readonly pair: StorePair,
  ) {}

  static async open(clock: VirtualClock, factory: StorePairFactory): Promise<StoreWorld> {
    const world = new StoreWorld(clock, await factory(clock));
    await world.pair.timeIs(clock.now());
    await world.pair.first.open(world.context());
    await world.pair.second.open(world.context());
    return world;
  }

  get store(): JobStore {
    return this.pair.first;
  }

  get otherStore(): JobStore {
    return this.pair.second;
  }

  get now(): number {
    return this.clock.now();
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.pair.timeIs(this.clock.now());
  }

  /** A node on the first store, or on the second. */
  async join(on: 'first' | 'second' = 'first', ttl = 10_000): Promise<StoreNode> {
    const nodeId = this.clock.id();
    const store = this.pair[on];
    await store.join(
      { nodeId, host: 'here', pid: 1, handlers: HANDLERS, executors: EXECUTORS },
      ttl,
    );
    return new StoreNode(store, nodeId, { handlers: HANDLERS, executors: EXECUTORS });
  }

  async close(): Promise<void> {
    await this.pair.first.close();
    await this.pair.second.close();
    await this.pair.dispose();
  }

  private context(): StoreContext {
    return {
      alias: 'default',
      clock: this.clock,
      wake: (at) => this.woken.push(at),
      warn: (message) => this.warnings.push(message),
    };
  }
}
