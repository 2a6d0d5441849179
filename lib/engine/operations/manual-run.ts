import type { JobLoad, PlannedRun } from '../../core/fire.js';
import type { JobRecord } from '../../core/job.js';

/** The run that somebody asks for: now, or in its turn when `maxInstances` runs are live. */
export function planManualRun(job: JobRecord & JobLoad, now: number): PlannedRun {
  const waits = job.liveRuns + job.waitingRuns >= job.maxInstances;
  return {
    scheduledAt: now,
    state: 'queued',
    startAt: now,
    behind: waits ? job.maxInstances : null,
    until: null,
    count: 1,
    reason: waits ? 'waiting' : null,
  };
}
