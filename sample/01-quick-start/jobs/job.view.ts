import type { Job, JobState, Run, RunState } from 'nestjs-durable-scheduler';
import { triggerFrom } from 'nestjs-durable-scheduler';

/** A job as the HTTP API shows it. */
export interface JobView {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  /** In words. */
  readonly trigger: string;
  readonly nextFireAt: Date | null;
  readonly lastRun: RunView | null;
}

export interface RunView {
  readonly id: string;
  readonly state: RunState;
  readonly scheduledAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How many instants the record stands for: more than one where instants were missed or skipped in a row. */
  readonly count: number;
  readonly reason: string | null;
  /** What the handler returned, or the text of its error. */
  readonly outcome: unknown;
}

export function viewJob(job: Job, lastRun: Run | undefined): JobView {
  return {
    id: job.id,
    name: job.name,
    state: job.state,
    trigger: triggerFrom(job.trigger).toString(),
    nextFireAt: job.nextFireAt,
    lastRun: lastRun ? viewRun(lastRun) : null,
  };
}

export function viewRun(run: Run): RunView {
  return {
    id: run.id,
    state: run.state,
    scheduledAt: run.scheduledAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    count: run.count,
    reason: run.reason,
    outcome: run.error?.message ?? run.result,
  };
}
