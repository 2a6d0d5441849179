import type { RunRecord } from '../../core/run.js';
import { encodeRunId } from '../view/run-id.js';
import type { Notice, RunEvent } from './notice.js';

/** The event that another process told of, with what is on record of the run by now. */
export function remoteEvent(store: string, notice: Notice, run: RunRecord): RunEvent {
  const fields = {
    at: new Date(notice.at),
    nodeId: notice.nodeId,
    store,
    jobId: run.jobId,
    runId: encodeRunId(store, run),
    scheduledAt: new Date(run.scheduledAt),
  };
  const { attempt } = notice;
  const { type } = notice;
  switch (type) {
    case 'job.submitted':
    case 'job.started': {
      const latenessMs = Math.max(0, notice.at - (run.startAt ?? run.scheduledAt));
      return { type, ...fields, attempt, latenessMs };
    }
    case 'job.progress': {
      const progress = run.progress ?? { fraction: 1, note: null };
      return { type, ...fields, attempt, ...progress };
    }
    case 'job.executed':
      return { type, ...fields, attempt, durationMs: durationOf(run), result: run.result };
    case 'job.error': {
      const error = run.error ?? { name: 'Error', message: 'The error is no longer on record.' };
      return { type, ...fields, attempt, durationMs: durationOf(run), error };
    }
    case 'job.cancelled':
    case 'job.abandoned':
      return { type, ...fields, attempt, reason: notice.reason ?? run.reason ?? 'unknown' };
    case 'job.missed':
    case 'job.max_instances': {
      const until = new Date(run.until ?? run.scheduledAt);
      const reason = notice.reason ?? run.reason ?? 'unknown';
      return { type, ...fields, until, count: run.count, reason };
    }
  }
}

function durationOf({ startedAt, finishedAt }: RunRecord): number {
  return startedAt === null || finishedAt === null ? 0 : Math.max(0, finishedAt - startedAt);
}
