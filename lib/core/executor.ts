import type { JobContext } from './job-context.js';

/** A registered function of the application, and how to call it for a run. */
export interface Handler {
  /** The name that jobs refer to. */
  readonly name: string;
  /** Calls it: the arguments of the job, then the context. What it returns or throws is the outcome of the attempt. */
  invoke(context: JobContext): unknown;
}

/** One attempt of a run, handed to an executor. */
export interface Task {
  readonly handler: Handler;
  readonly context: JobContext;
  /** To be called when the handler is about to be called, not while the task waits in a queue of the executor. */
  readonly started: () => void;
}

/**
 * How handlers run: in this process, in a pool of threads, on another machine.
 *
 * @publicApi
 */
export abstract class Executor {
  /** How many tasks may be under way at once. The scheduler takes no more runs than fit. */
  abstract readonly concurrency: number;

  /** Makes ready to execute. Called when the scheduler starts, again after each `close`. */
  abstract open(): Promise<void>;

  /**
   * Executes the task once. Resolves with what the handler gave, rejects with what it threw, whatever that is.
   * Handlers are told to stop by the context's signal; an executor need not enforce it.
   */
  abstract execute(task: Task): Promise<unknown>;

  /** Frees what `open` made. Tasks under way have ended or been given up by then. */
  abstract close(): Promise<void>;
}
