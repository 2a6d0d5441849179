import type { Duration } from '../core/duration.js';
import { readDuration } from '../core/duration.js';
import { InvalidOptionsError } from '../core/errors/invalid-options.error.js';
import type { ShutdownOptions as EngineOptions } from '../engine/scheduler.options.js';

/**
 * How `SchedulerService.shutdown` goes about it.
 *
 * @publicApi
 */
export interface ShutdownOptions {
  /**
   * Wait for handlers that are under way.
   * @default true
   */
  readonly wait?: boolean;
  /** How long to wait for them before their signals are aborted. Default: `shutdownTimeout` of the module. */
  readonly timeout?: Duration;
}

/** @throws InvalidOptionsError when `timeout` is no duration */
export function readShutdownOptions({ wait = true, timeout }: ShutdownOptions): EngineOptions {
  if (timeout === undefined) {
    return { wait };
  }
  const read = readDuration(timeout);
  if (typeof read !== 'number') {
    throw new InvalidOptionsError(`timeout${read.path}`, read.value, read.cure);
  }
  return { wait, timeout: read };
}
