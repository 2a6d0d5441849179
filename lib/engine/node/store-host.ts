import { SchedulerStateError } from '../../core/errors/scheduler-state.error.js';
import { SchedulerError } from '../../core/errors/scheduler.error.js';
import { StoreUnavailableError } from '../../core/errors/store-unavailable.error.js';
import type { JobStore } from '../../core/job-store.js';
import { ClusterEvents } from '../cluster/cluster-events.js';
import { toRunError } from '../firing/run-error.js';
import type { NodeSurroundings } from './node-surroundings.js';
import { StoreNode } from './store-node.js';

/**
 * One configured store over the life of a scheduler. It is opened by whoever needs it first, so that jobs can be
 * added before the scheduler starts, or without it ever starting.
 */
export class StoreHost {
  private readonly cluster: ClusterEvents | null;
  private opening: Promise<void> | null = null;
  private current: StoreNode | null = null;
  private closed = false;

  constructor(
    readonly alias: string,
    readonly store: JobStore,
    private readonly around: NodeSurroundings,
  ) {
    const { options } = around;
    this.cluster =
      options.events === 'local'
        ? null
        : new ClusterEvents(alias, store, options.clock, {
            onEvent: (event) => options.emit(event, true),
            onTrouble: (what, error) => this.warn(what, error),
          });
  }

  /** The node of the running scheduler. */
  get node(): StoreNode | null {
    return this.current;
  }

  /** The store's time, as well as it is known. */
  now(): number {
    return Math.floor(this.current?.now() ?? this.around.options.clock.now());
  }

  /** Joins the store, so that its jobs can fire. Nothing fires before `node.work()`. */
  async join(): Promise<StoreNode> {
    this.closed = false;
    await this.open();
    const node = new StoreNode(this.alias, this.store, this.around, this.cluster);
    await this.guarded(() => node.join());
    this.current = node;
    return node;
  }

  /** Fires nothing more, and gives back what has not begun. */
  async rest(): Promise<void> {
    await this.current?.rest();
  }

  /** Waits no longer for what has begun. */
  hurry(): void {
    this.current?.hurry();
  }

  /**
   * Leaves the store and closes it.
   *
   * @param deadline monotonic time until which running handlers are waited for
   */
  async close(deadline: number): Promise<void> {
    this.closed = true;
    await this.current?.leave(deadline);
    this.current = null;
    if (this.opening) {
      // A store that never opened has nothing to close.
      await this.opening
        .then(
          () => this.store.close(),
          () => {},
        )
        .catch((error: unknown) => {
          this.warn('It could not be closed in order', error);
        });
      this.opening = null;
    }
  }

  /**
   * Asks the store something on behalf of a user.
   *
   * @throws StoreUnavailableError for whatever the store throws that is no error of this library
   */
  async ask<T>(body: (store: JobStore) => Promise<T>): Promise<T> {
    await this.open();
    return this.guarded(() => body(this.store));
  }

  private async open(): Promise<void> {
    if (this.closed) {
      // Opened again now, it would never be closed.
      throw new SchedulerStateError('This operation', 'shut down');
    }
    this.opening ??= this.guarded(() =>
      this.store.open({
        alias: this.alias,
        clock: this.around.options.clock,
        wake: (at) => this.current?.wake(at),
        warn: (message) => this.warn(message),
        ...(this.cluster && { hear: (notices) => this.cluster?.hear(notices) }),
      }),
    );
    try {
      await this.opening;
    } catch (error) {
      this.opening = null;
      throw error;
    }
  }

  private async guarded<T>(body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (error) {
      throw error instanceof SchedulerError ? error : new StoreUnavailableError(this.alias, error);
    }
  }

  private warn(what: string, error?: unknown): void {
    const why = error === undefined ? '' : `: ${toRunError(error).message}`;
    this.around.options.logger.warn(`Store "${this.alias}": ${what}${why}`);
  }
}
