import type { Clock } from '../../lib/core/clock.js';
import type { JobStore, StoreContext } from '../../lib/core/job-store.js';
import type { NodeClock } from './node.clock.js';

/** What passes between a process and its store, as somebody sees it who stands at the store. */
export interface LinkListener {
  /** A call is about to reach the store. */
  onCall(): Promise<void>;
  /** The store has carried a call out. */
  onReply(name: string, args: readonly unknown[], reply: unknown): void;
  /** Nothing is left of the call. */
  onDone(): void;
}

/** Calls of the scheduler itself. Those that a user makes are not held up: a late edit is one that was made later. */
const ENGINE_CALLS = new Set([
  ...['beat', 'leave', 'reap', 'fire', 'take', 'disown', 'start', 'release', 'finish'],
]);

/**
 * The way from a process to its store. It can be cut, so that calls fail; calls may come late to the store, and replies
 * late to the process; and a process that is frozen learns of nothing.
 */
export class StoreLink {
  isCut = false;
  /** Milliseconds that a call takes to the store, and its reply back. */
  lag = { there: 0, back: 0 };
  readonly store: JobStore;

  constructor(
    inner: JobStore,
    private readonly process: NodeClock,
    private readonly world: Clock,
    private readonly storeClock: Clock,
    private readonly listener: LinkListener,
  ) {
    this.store = new Proxy(inner, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') {
          return member;
        }
        return (...args: unknown[]): Promise<unknown> => {
          const body = (): unknown => Reflect.apply(member, target, args);
          return name === 'open'
            ? inner.open(this.passedOn(args[0] as StoreContext))
            : this.call(String(name), args, body);
        };
      },
    });
  }

  private async call(
    name: string,
    args: readonly unknown[],
    body: () => unknown,
  ): Promise<unknown> {
    const lag = ENGINE_CALLS.has(name) ? this.lag : { there: 0, back: 0 };
    this.requireWhole();
    await this.wait(lag.there);
    this.requireWhole();
    let result: () => unknown;
    await this.listener.onCall();
    try {
      const reply = await body();
      this.listener.onReply(name, args, reply);
      result = () => reply;
    } catch (error) {
      result = () => {
        throw error;
      };
    } finally {
      this.listener.onDone();
    }
    await this.wait(lag.back);
    await new Promise<void>((resolve) => {
      this.process.whenRunning(resolve);
    });
    this.requireWhole();
    return result();
  }

  /** The store has a clock of its own, and what it calls out does not reach a process that is frozen. */
  private passedOn(context: StoreContext): StoreContext {
    return {
      ...context,
      clock: this.storeClock,
      wake: (at) => this.process.whenRunning(() => context.wake(at)),
    };
  }

  private requireWhole(): void {
    if (this.isCut) {
      throw new Error('connection refused');
    }
  }

  private async wait(ms: number): Promise<void> {
    if (ms > 0) {
      await new Promise<void>((resolve) => {
        this.world.setTimer(this.world.monotonic() + ms, resolve);
      });
    }
  }
}
