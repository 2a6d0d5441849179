import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { WallClock } from './clocks/wall-clock.js';
import { JobBook } from './job-book.js';
import { Fleet } from './fleet.js';
import { Journal } from './journal.js';
import type { NodeProcess } from './node-process.js';
import { AnswerError } from './remote-calls.js';
import { PrivatePostgres } from '../support/postgres/index.js';
import { createLedger } from './ledger/create-ledger.js';
import { migrateStore } from './ledger/migrate-store.js';
import type { ChaosOptions } from './options.js';
import { OutcomeWatch } from './outcome-watch.js';
import { Random } from './random.js';

const ASK_AGAIN_MS = 100;

/** Everything under test, and what the driver knows of it. */
export class World {
  readonly journal = new Journal();
  readonly book = new JobBook();
  readonly outcomes = new OutcomeWatch();
  readonly random: Random;
  readonly fleet: Fleet;

  private constructor(
    readonly options: ChaosOptions,
    readonly server: PrivatePostgres,
    clocks: readonly WallClock[],
    /** Ended when somebody wants the run to end at once. */
    readonly signal: AbortSignal,
  ) {
    // Whoever pauses listens to it.
    setMaxListeners(0, signal);
    this.random = new Random(options.seed);
    this.fleet = new Fleet(server.url, options, clocks, this.journal, signal, (event) => {
      this.journal.count('events', event.type);
      this.outcomes.hear(event);
    });
  }

  static async open(
    options: ChaosOptions,
    clocks: readonly WallClock[],
    signal: AbortSignal,
  ): Promise<World> {
    const server = await PrivatePostgres.start({
      settings: { max_connections: 40 + 20 * options.nodes },
    });
    const world = new World(options, server, clocks, signal);
    try {
      await migrateStore(server.url, options);
      await createLedger(server.url);
      await world.fleet.open();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  get url(): string {
    return this.server.url;
  }

  async close(): Promise<void> {
    this.fleet.killAll();
    await this.server.destroy();
  }

  async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.signal });
  }

  /** Has an operation carried out by whichever node. Fails with whatever comes in between. */
  async ask<T>(random: Random, method: string, ...args: readonly unknown[]): Promise<T> {
    const node = await this.someNode(random);
    return node.call<T>(method, ...args);
  }

  /**
   * Has an operation carried out, again and again until a node confirms it.
   *
   * @param meansDone code of the error that says that an earlier try got through
   */
  async insist<T>(
    random: Random,
    meansDone: string | null,
    method: string,
    ...args: readonly unknown[]
  ): Promise<T | null> {
    for (;;) {
      try {
        return await this.ask<T>(random, method, ...args);
      } catch (error) {
        if (meansDone !== null && error instanceof AnswerError && error.code === meansDone) {
          return null;
        }
        this.journal.count('operations', 'failed');
        await this.pause(ASK_AGAIN_MS);
      }
    }
  }

  private async someNode(random: Random): Promise<NodeProcess> {
    for (;;) {
      const node = this.fleet.well.length > 0 ? random.pick(this.fleet.well) : undefined;
      if (node) {
        return node;
      }
      await this.pause(ASK_AGAIN_MS);
    }
  }
}
