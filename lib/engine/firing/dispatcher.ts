import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../core/clock.js';
import { UnknownExecutorError } from '../../core/errors/unknown-executor.error.js';
import { UnknownHandlerError } from '../../core/errors/unknown-handler.error.js';
import type { Executor, Handler } from '../../core/executor.js';
import type { HandlerDirectory } from '../scheduler.options.js';
import type { Attempt, Settlement } from './attempt.js';
import { toRunError } from './run-error.js';
import { toRunResult } from './run-result.js';
import type { Placed } from './slots.js';
import { Slots } from './slots.js';

/** Who is told how an attempt goes. */
export interface AttemptListener {
  /** Whether the node knows itself to be alive. Otherwise the attempt waits until `resume`, in its place. */
  mayBegin(): boolean;
  /** They have waited too long for a place. */
  giveBack(attempts: readonly Attempt[]): void;
  onSubmitted(attempt: Attempt): void;
  onStarted(attempt: Attempt): void;
  onSettled(attempt: Attempt, settlement: Settlement): void;
}

interface Job extends Placed {
  readonly attempt: Attempt;
  readonly listener: AttemptListener;
}

/** Hands attempts to executors, no more at once than each takes. Serves all stores of a scheduler. */
export class Dispatcher {
  private readonly slots = new Map<string, Slots<Job>>();
  /** Those that have a place and may not begin. */
  private readonly doubtful = new Set<Job>();
  // Handlers run in the context in which the scheduler was made, not in that of whoever's call happened to wake it.
  private readonly outside = AsyncLocalStorage.snapshot();

  constructor(
    private readonly clock: Clock,
    private readonly handlers: HandlerDirectory,
    private readonly onRoom: () => void,
  ) {}

  add(alias: string, executor: Executor): void {
    const listener = {
      begin: (job: Job) => this.begin(job),
      giveBack: (jobs: readonly Job[]) => giveBack(jobs),
    };
    this.slots.set(alias, new Slots(executor, this.clock, listener));
  }

  /** @returns the attempts that have not begun */
  remove(alias: string): readonly Attempt[] {
    const slots = this.slots.get(alias);
    const waiting = slots?.drain(() => true) ?? [];
    slots?.close();
    const doubtful = [...this.doubtful].filter(({ attempt }) => attempt.run.job.executor === alias);
    doubtful.forEach((job) => this.doubtful.delete(job));
    this.slots.delete(alias);
    return [...doubtful, ...waiting].map(({ attempt }) => attempt);
  }

  /** How many runs each executor that has room would take, by alias. */
  room(): Map<string, number> {
    const room = new Map<string, number>();
    for (const [alias, slots] of this.slots) {
      if (slots.isHungry) {
        room.set(alias, slots.room);
      }
    }
    return room;
  }

  hold(attempt: Attempt): void {
    this.slots.get(attempt.run.job.executor)?.hold();
  }

  /** The attempt is held no more. */
  release(attempt: Attempt): void {
    const slots = this.slots.get(attempt.run.job.executor);
    if (attempt.isSettled) {
      slots?.recorded();
    } else {
      slots?.release();
    }
    this.onRoom();
  }

  submit(attempt: Attempt, listener: AttemptListener): void {
    const alias = attempt.run.job.executor;
    const slots = this.slots.get(alias);
    if (slots) {
      slots.submit({ attempt, listener, placedAt: 0 });
    } else {
      const error = new UnknownExecutorError(alias, [...this.slots.keys()]);
      listener.onSettled(attempt, failed(error));
    }
  }

  /** Takes out the attempts of a store that have not begun. */
  drain(store: string): Attempt[] {
    const waiting = [...this.slots.values()].flatMap((slots) =>
      slots.drain((job) => job.attempt.store === store),
    );
    const doubtful = [...this.doubtful].filter((job) => job.attempt.store === store);
    for (const job of doubtful) {
      this.doubtful.delete(job);
      this.slots.get(job.attempt.run.job.executor)?.leave(job);
    }
    return [...doubtful, ...waiting].map(({ attempt }) => attempt);
  }

  /** Begins the attempts that were not sure of their node, where they are now. */
  resume(): void {
    for (const job of [...this.doubtful]) {
      this.doubtful.delete(job);
      this.begin(job);
    }
  }

  get aliases(): readonly string[] {
    return [...this.slots.keys()];
  }

  private begin(job: Job): void {
    const slots = this.slots.get(job.attempt.run.job.executor);
    if (!job.listener.mayBegin()) {
      this.doubtful.add(job);
    } else if (slots) {
      this.execute(slots, job);
    }
  }

  private execute(slots: Slots<Job>, job: Job): void {
    const { attempt, listener } = job;
    const done = (settlement: Settlement): void => {
      attempt.isSettled = true;
      slots.done(job);
      listener.onSettled(attempt, settlement);
      this.onRoom();
    };
    listener.onSubmitted(attempt);
    this.outside(() => this.call(slots.executor, attempt, listener)).then(
      (value) => done(succeeded(value)),
      (error: unknown) => done(failed(error)),
    );
  }

  // Async, so that a handler or an executor that throws at once becomes a rejection too.
  private async call(
    executor: Executor,
    attempt: Attempt,
    listener: AttemptListener,
  ): Promise<unknown> {
    const handler = this.handlerOf(attempt);
    return executor.execute({
      handler,
      context: attempt.context,
      started: () => listener.onStarted(attempt),
    });
  }

  private handlerOf({ run }: Attempt): Handler {
    const handler = this.handlers.get(run.job.handler);
    if (!handler) {
      throw new UnknownHandlerError(run.job.handler, this.handlers.names());
    }
    return handler;
  }
}

function succeeded(value: unknown): Settlement {
  return { state: 'succeeded', error: null, ...toRunResult(value) };
}

function failed(error: unknown): Settlement {
  return { state: 'failed', result: null, error: toRunError(error), reason: null };
}

/** Each to the node that it is of. */
function giveBack(jobs: readonly Job[]): void {
  for (const listener of new Set(jobs.map((job) => job.listener))) {
    listener.giveBack(jobs.filter((job) => job.listener === listener).map((job) => job.attempt));
  }
}
