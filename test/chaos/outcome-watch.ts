import type { SchedulerEvent } from '../../lib/index.js';

/** Counts how often the nodes said that the outcome of a run is on record. */
export class OutcomeWatch {
  private readonly told = new Map<string, number>();

  hear(event: SchedulerEvent): void {
    if (event.type === 'job.executed' || event.type === 'job.error') {
      this.told.set(event.runId, (this.told.get(event.runId) ?? 0) + 1);
    }
  }

  /** Runs whose outcome was told more than once. */
  get toldTwice(): readonly string[] {
    return [...this.told].filter(([, times]) => times > 1).map(([runId]) => runId);
  }
}
