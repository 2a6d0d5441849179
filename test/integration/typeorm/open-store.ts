import { SystemClock } from '../../../lib/core/clock.js';
import type { JobStore } from '../../../lib/core/job-store.js';
import type { TypeormStoreOptions } from '../../../lib/stores/typeorm/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { StoreNode } from '../../contract/store-node.js';

/** An open store on a real clock, and what it tells. */
export class OpenedStore {
  readonly woken: number[] = [];
  readonly warnings: string[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(readonly store: JobStore) {}

  static async open(options: TypeormStoreOptions): Promise<OpenedStore> {
    const opened = new OpenedStore(typeormStore(options));
    await opened.reopen();
    return opened;
  }

  async reopen(): Promise<void> {
    await this.store.open({
      alias: 'default',
      clock: new SystemClock(),
      wake: (at) => this.hear(this.woken, at),
      warn: (message) => this.hear(this.warnings, message),
    });
  }

  /** Resolves when `condition` holds, which is looked at whenever the store tells something. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  async join(): Promise<StoreNode> {
    const nodeId = new SystemClock().id();
    const skills = { handlers: ['a'], executors: ['default'] };
    await this.store.join({ nodeId, host: 'here', pid: 1, ...skills }, 60_000);
    return new StoreNode(this.store, nodeId, skills);
  }

  async ids(): Promise<string[]> {
    const jobs = await this.store.listJobs({}, { after: null, limit: 1000 });
    return jobs.map((job) => job.id);
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  private hear<T>(log: T[], item: T): void {
    log.push(item);
    const waiting = [...this.waiting];
    this.waiting.clear();
    waiting.forEach((resolve) => resolve());
  }
}
