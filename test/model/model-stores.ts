import type { Clock } from '../../lib/core/clock.js';
import type { JobStore } from '../../lib/core/job-store.js';
import type { MemoryStoreMode } from '../../lib/stores/memory/index.js';
import { MemoryData, MemoryJobStore } from '../../lib/stores/memory/index.js';
import type { VirtualClock } from '../support/virtual-clock.js';

/** A transaction of the application, in which it may edit jobs. */
export interface AppTransaction {
  readonly manager: unknown;
  end(how: 'commit' | 'rollback'): Promise<void>;
}

/** Where the jobs of one world live. */
export interface ModelStores {
  /** What the stores go by that is not the time of the database. */
  readonly clock: Clock;
  /** A store for a further process, on the same data. */
  add(): JobStore;
  /** Sets the time of the database. */
  timeIs(now: number): Promise<void>;
  /** `null` where there are none. */
  begin(): Promise<AppTransaction | null>;
  dispose(): Promise<void>;
}

/** All processes of the world on the memory of one. */
export class MemoryStores implements ModelStores {
  private readonly data = new MemoryData(1_000_000);

  constructor(
    readonly clock: VirtualClock,
    private readonly mode: MemoryStoreMode,
  ) {}

  add(): JobStore {
    return new MemoryJobStore(this.data, this.mode);
  }

  async timeIs(): Promise<void> {}

  async begin(): Promise<null> {
    return null;
  }

  async dispose(): Promise<void> {}
}
