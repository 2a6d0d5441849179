import { MemoryData, MemoryJobStore } from '../../lib/stores/memory/index.js';
import { describeJobStore } from './job-store.contract.js';

const KEEP_RUNS = 10_000;

for (const mode of ['locking', 'compare-and-set'] as const) {
  describeJobStore(`memory store in mode ${mode}`, async () => {
    const data = new MemoryData(KEEP_RUNS);
    return {
      first: new MemoryJobStore(data, mode),
      second: new MemoryJobStore(data, mode),
      // It reads the clock itself.
      timeIs: async () => undefined,
      dispose: async () => undefined,
    };
  });
}
