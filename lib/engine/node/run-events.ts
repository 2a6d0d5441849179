import type { FiredJob, PlannedRun } from '../../core/fire.js';
import type { SchedulerEvent } from '../../core/events.js';
import type { ReapedRun } from '../../core/job-store.js';
import type { RunProgress } from '../../core/run.js';
import type { Attempt } from '../firing/attempt.js';
import type { SettledAttempt } from '../firing/recorder.js';
import { encodeRunId } from '../view/run-id.js';

/** What every event of a node says. */
export interface EventOrigin {
  readonly at: Date;
  readonly nodeId: string;
  readonly store: string;
}

/** What a fire has to tell besides the runs that it claimed: instants that will not run, and the end of a job. */
export function fireEvents(
  origin: EventOrigin,
  { job, decision, conflicts }: FiredJob,
): SchedulerEvent[] {
  const events: SchedulerEvent[] = [];
  for (const [index, run] of decision.runs.entries()) {
    if (
      (run.state === 'missed' || run.state === 'skipped') &&
      !conflicts.includes(run.scheduledAt)
    ) {
      // An instant that went into the record of the skips before it has none of its own.
      const isAdded = index === 0 && decision.extendsSkip;
      const recordAt = (isAdded ? job.openSkipAt : null) ?? run.scheduledAt;
      events.push(missedEvent(origin, job.uid, job.id, run, recordAt));
    }
  }
  if (decision.nextFireAt === null) {
    events.push({ type: 'job.finished', ...origin, jobId: job.id });
  }
  return events;
}

function missedEvent(
  origin: EventOrigin,
  jobUid: string,
  jobId: string,
  run: PlannedRun,
  recordAt: number,
): SchedulerEvent {
  const { scheduledAt, until, count, reason } = run;
  return {
    type: run.state === 'missed' ? 'job.missed' : 'job.max_instances',
    ...origin,
    jobId,
    runId: encodeRunId(origin.store, { jobUid, scheduledAt: recordAt, seq: 0 }),
    scheduledAt: new Date(scheduledAt),
    until: new Date(until ?? scheduledAt),
    count,
    reason: reason ?? 'misfire',
  };
}

/** An attempt was handed to its executor, or its handler is about to be called. */
export function startEvent(
  origin: EventOrigin,
  type: 'job.submitted' | 'job.started',
  attempt: Attempt,
): SchedulerEvent {
  // Field by field, as the outcome below: these are made for every run, and spreading costs ten times as much.
  return {
    type,
    at: origin.at,
    nodeId: origin.nodeId,
    store: origin.store,
    jobId: attempt.run.job.id,
    runId: attempt.runId,
    scheduledAt: attempt.scheduledAt,
    attempt: attempt.run.attempt,
    latenessMs: Math.max(0, origin.at.getTime() - attempt.run.startAt),
  };
}

/** How far an attempt has come is on record. */
export function progressEvent(
  origin: EventOrigin,
  attempt: Attempt,
  progress: RunProgress,
): SchedulerEvent {
  return { type: 'job.progress', ...origin, ...attemptFields(attempt), ...progress };
}

/** The outcome of an attempt is on record, or was refused. */
export function outcomeEvent(
  origin: EventOrigin,
  { attempt, settlement, startedAt, finishedAt }: SettledAttempt,
  recorded: boolean,
): SchedulerEvent {
  const durationMs = finishedAt - startedAt;
  if (recorded && settlement.state === 'succeeded') {
    return {
      type: 'job.executed',
      at: origin.at,
      nodeId: origin.nodeId,
      store: origin.store,
      jobId: attempt.run.job.id,
      runId: attempt.runId,
      scheduledAt: attempt.scheduledAt,
      attempt: attempt.run.attempt,
      durationMs,
      result: settlement.result,
    };
  }
  const fields = { ...origin, ...attemptFields(attempt) };
  if (!recorded) {
    return { type: 'job.abandoned', ...fields, reason: 'superseded' };
  }
  return settlement.state === 'cancelled'
    ? { type: 'job.cancelled', ...fields, reason: settlement.reason ?? 'cancelled' }
    : {
        type: 'job.error',
        ...fields,
        durationMs,
        error: settlement.error ?? { name: 'Error', message: 'failed' },
      };
}

/** An attempt of this node will never be recorded. */
export function abandonedEvent(
  origin: EventOrigin,
  attempt: Attempt,
  reason: string,
): SchedulerEvent {
  return { type: 'job.abandoned', ...origin, ...attemptFields(attempt), reason };
}

/** A run of a node that is no more, and had begun. */
export function reapedEvent(origin: EventOrigin, run: ReapedRun): SchedulerEvent {
  return {
    type: 'job.abandoned',
    ...origin,
    nodeId: run.nodeId,
    jobId: run.jobId,
    runId: encodeRunId(origin.store, run),
    scheduledAt: new Date(run.scheduledAt),
    attempt: run.attempt,
    reason: run.reason ?? 'node-lost',
  };
}

function attemptFields({ run, runId, scheduledAt }: Attempt) {
  return { jobId: run.job.id, runId, scheduledAt, attempt: run.attempt };
}
