import type { ReapedRun } from '../../core/job-store.js';
import type { MemoryData } from './memory-data.js';
import type { RunRow } from './rows.js';

/** Hands on what dead nodes hold, and forgets the nodes. */
export function reapRuns(data: MemoryData, maxRecoveries: number, now: number): ReapedRun[] {
  const dead = data.nodes.dead();
  const reaped: ReapedRun[] = [];
  if (dead.size === 0) {
    return reaped;
  }
  for (const job of data.jobs.byUid.values()) {
    for (const run of [...job.live]) {
      if (run.nodeId !== null && dead.has(run.nodeId)) {
        reaped.push(reapRun(data, run, run.nodeId, maxRecoveries, now));
      }
    }
    data.runs.promote(job, now);
  }
  dead.forEach((nodeId) => data.nodes.forget(nodeId));
  return reaped;
}

function reapRun(
  data: MemoryData,
  run: RunRow,
  nodeId: string,
  maxRecoveries: number,
  now: number,
): ReapedRun {
  const { jobUid, jobId, scheduledAt, seq } = run;
  const begun = run.state === 'running';
  const reason = begun ? whyFailed(run, maxRecoveries) : null;
  run.recoveries += begun ? 1 : 0;
  if (reason === null) {
    run.progress = null;
    // A run counts as running from shortly before its instant on.
    data.runs.free(run, begun ? Math.max(now, run.startAt ?? now) : (run.startAt ?? now));
  } else {
    data.runs.end(run, {
      state: 'failed',
      at: now,
      reason: reason.code,
      error: { name: 'NodeLostError', code: reason.code.toUpperCase(), message: reason.message },
    });
  }
  return {
    jobUid,
    jobId,
    scheduledAt,
    seq,
    nodeId,
    attempt: begun ? run.attempt : 0,
    becomes: reason === null ? 'queued' : 'failed',
    reason: reason?.code ?? null,
  };
}

function whyFailed(
  { job, recoveries, nodeId }: RunRow,
  maxRecoveries: number,
): { code: string; message: string } | null {
  if (job.removed) {
    return { code: 'job-removed', message: `Node ${nodeId} died, and the job was removed.` };
  }
  if (job.record.recovery === 'fail') {
    return { code: 'node-lost', message: `Node ${nodeId} died, and the job's recovery is "fail".` };
  }
  if (recoveries >= maxRecoveries) {
    return {
      code: 'poisoned',
      message: `${recoveries + 1} nodes died while they executed the run. It is not tried again.`,
    };
  }
  return null;
}
