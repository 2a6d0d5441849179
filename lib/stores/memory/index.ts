import { InvalidOptionsError } from '../../core/errors/invalid-options.error.js';
import type { JobStore } from '../../core/job-store.js';
import { MemoryData } from './memory-data.js';
import type { MemoryStoreMode } from './memory.job-store.js';
import { MemoryJobStore } from './memory.job-store.js';

/** Options of `memoryStore()`. */
export interface MemoryStoreOptions {
  /**
   * How colliding decisions are kept apart. The default suits every application.
   * @default 'locking'
   */
  readonly mode?: MemoryStoreMode;
  /**
   * How many past runs are kept, over all jobs; older ones are dropped.
   * @default 10000
   */
  readonly keepRuns?: number;
}

const DEFAULT_KEEP_RUNS = 10_000;

/**
 * A store in the memory of this process: nothing to set up, gone at the end of the process.
 *
 * @example `forRoot({ stores: { default: typeormStore(...), scratch: memoryStore() } })`
 * @throws InvalidOptionsError
 * @publicApi
 */
export function memoryStore(options: MemoryStoreOptions = {}): JobStore {
  const { mode = 'locking', keepRuns = DEFAULT_KEEP_RUNS } = options;
  if (mode !== 'locking' && mode !== 'compare-and-set') {
    throw new InvalidOptionsError('memoryStore.mode', mode, 'Use "locking" or "compare-and-set".');
  }
  if (!Number.isSafeInteger(keepRuns) || keepRuns < 0) {
    throw new InvalidOptionsError('memoryStore.keepRuns', keepRuns, 'Give a whole number from 0.');
  }
  return new MemoryJobStore(new MemoryData(keepRuns), mode);
}

export { MemoryData } from './memory-data.js';
export { MemoryJobStore, type MemoryStoreMode } from './memory.job-store.js';
