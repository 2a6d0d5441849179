import type { JobStore } from '../../core/job-store.js';
import type { Attempt } from '../firing/attempt.js';
import type { HeldAttempts } from './held-attempts.js';
import type { NodeReporter } from './node-reporter.js';
import type { OutageGuard } from './outage-guard.js';

/** Gives runs back whose handlers have not been called, so that others can begin them. */
export class Returns {
  constructor(
    private readonly store: JobStore,
    private readonly guard: OutageGuard,
    private readonly held: HeldAttempts,
    private readonly reporter: NodeReporter,
  ) {}

  /** Waits for one try. If that fails, it goes on by itself. */
  async giveBack(attempts: readonly Attempt[]): Promise<void> {
    const [first] = attempts;
    if (!first) {
      return;
    }
    attempts.forEach((attempt) => this.held.letGo(attempt));
    const fences = attempts.map(({ fence }) => fence);
    const release = (): Promise<void> => this.store.release(first.nodeId, fences);
    try {
      await this.guard.callOnce(release);
    } catch (error) {
      this.reporter.warn('Runs that have not begun could not be given back yet', error);
      // Should this process end first, they come free with its lease.
      this.guard.call(release).catch(() => undefined);
    }
  }
}
