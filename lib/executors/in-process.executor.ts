import { InvalidOptionsError } from '../core/errors/invalid-options.error.js';
import type { Task } from '../core/executor.js';
import { Executor } from '../core/executor.js';

/** Options of `inProcess()`. */
export interface InProcessOptions {
  /**
   * How many handlers may be under way at once.
   * @default 100
   */
  readonly concurrency?: number;
}

const DEFAULT_CONCURRENCY = 100;

/** Runs handlers in this process, on its event loop. What a handler waits for costs nothing; what it computes blocks. */
class InProcessExecutor extends Executor {
  constructor(readonly concurrency: number) {
    super();
  }

  async open(): Promise<void> {}

  // Async, so that what a handler throws synchronously becomes a rejection too.
  async execute({ handler, context, started }: Task): Promise<unknown> {
    started();
    return context.run(() => handler.invoke(context));
  }

  async close(): Promise<void> {}
}

/**
 * An executor that runs handlers in this process.
 *
 * @example `forRoot({ executors: { default: inProcess({ concurrency: 20 }) } })`
 * @throws InvalidOptionsError if `concurrency` is no whole number of at least 1
 * @publicApi
 */
export function inProcess(options: InProcessOptions = {}): Executor {
  const { concurrency = DEFAULT_CONCURRENCY } = options;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new InvalidOptionsError(
      'inProcess.concurrency',
      concurrency,
      'Give a whole number of at least 1.',
    );
  }
  return new InProcessExecutor(concurrency);
}
