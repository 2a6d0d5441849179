import type { DueJob, FireDecision, Plan, PlannedRun } from '../../lib/core/fire.js';

/** A record of an instant, as a fire makes it. */
export function plannedRun(scheduledAt: number, fields: Partial<PlannedRun> = {}): PlannedRun {
  return {
    scheduledAt,
    state: 'running',
    startAt: scheduledAt,
    behind: null,
    until: null,
    count: 1,
    reason: null,
    ...fields,
  };
}

/** The instant at hand becomes a run, and none is left. */
export function decision(job: DueJob, fields: Partial<FireDecision> = {}): FireDecision {
  return {
    uid: job.uid,
    runs: [plannedRun(job.nextFireAt)],
    nextFireAt: null,
    lastFireAt: job.nextFireAt,
    fireCount: job.fireCount + 1,
    openSkipAt: null,
    extendsSkip: false,
    ...fields,
  };
}

/** Decides each job by itself. */
export function each(decide: (job: DueJob, now: number) => FireDecision): Plan {
  return (jobs, now) => jobs.map((job) => decide(job, now));
}

/** Each instant runs at once, and is the last. */
export const runNow: Plan = each((job) => decision(job));

/** Each instant is claimed ahead, and is the last. */
export const runAhead: Plan = each((job) =>
  decision(job, { runs: [plannedRun(job.nextFireAt, { state: 'queued' })] }),
);

/** Each instant runs at once, and the next follows after `ms`. */
export function runEvery(ms: number): Plan {
  return each((job) => decision(job, { nextFireAt: job.nextFireAt + ms }));
}

/** Each instant waits until fewer than so many runs of its job are live; the next follows after `ms`. */
export function queueEvery(ms: number, behind: number): Plan {
  return each((job) =>
    decision(job, {
      runs: [plannedRun(job.nextFireAt, { state: 'queued', behind })],
      nextFireAt: job.nextFireAt + ms,
    }),
  );
}

/** Nothing is decided. */
export const leaveAlone: Plan = () => [];
