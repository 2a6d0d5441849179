import type { StoreContext } from '../../core/job-store.js';
import type { JobRecord } from '../../core/job.js';
import { JobTable } from './job-table.js';
import { NodeTable } from './node-table.js';
import type { JobRow } from './rows.js';
import { RunLedger } from './run-ledger.js';

/** What memory stores hold. Several stores over the same data stand for several processes on one database. */
export class MemoryData {
  readonly jobs = new JobTable();
  readonly nodes = new NodeTable();
  readonly runs: RunLedger;
  private readonly contexts = new Set<StoreContext>();

  constructor(keepRuns: number) {
    this.runs = new RunLedger(keepRuns, (job) => this.jobs.dropIfSpent(job));
  }

  attach(context: StoreContext): void {
    this.contexts.add(context);
  }

  detach(context: StoreContext): void {
    this.contexts.delete(context);
  }

  /** The one clock of the data: that of whoever opened it first. */
  now(): number {
    for (const { clock } of this.contexts) {
      return clock.now();
    }
    throw new Error('The memory store is not open.');
  }

  /** Tells everybody of work. */
  wake(at: number): void {
    for (const context of this.contexts) {
      context.wake(at);
    }
  }

  announce(notices: readonly string[]): void {
    for (const context of this.contexts) {
      context.hear?.(notices);
    }
  }

  wakeFor(job: JobRecord): void {
    if (job.nextFireAt !== null) {
      this.wake(job.nextFireAt);
    }
  }

  /** Removes a job and calls off its runs that have not begun. */
  removeJob(row: JobRow, now: number): void {
    for (const run of [...row.live]) {
      if (run.state === 'queued') {
        this.runs.end(run, { state: 'cancelled', at: now, reason: 'job-removed' });
      }
    }
    this.jobs.remove(row);
    this.jobs.dropIfSpent(row);
  }
}
