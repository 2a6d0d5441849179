import type { DueJob, FireDecision, FiredJob, PlannedRun } from '../../core/fire.js';
import type { JobRecord, NewJob } from '../../core/job.js';
import type { ClaimedRun } from '../../core/run.js';
import type { MemoryData } from './memory-data.js';
import type { JobRow, RunRow } from './rows.js';
import { runSlot } from './rows.js';
import { pending, rewound, withdrawable } from './withdrawal.js';

/** Carries out what a plan decided for a job. */
export function applyDecision(
  data: MemoryData,
  row: JobRow,
  job: DueJob,
  decision: FireDecision,
  nodeId: string,
  now: number,
): FiredJob {
  const claimed: ClaimedRun[] = [];
  const conflicts: number[] = [];
  decision.runs.forEach((planned, index) => {
    if (index === 0 && decision.extendsSkip && extendSkip(row, planned)) {
      return;
    }
    const run = data.runs.record(row, 0, planned, now);
    if (!run) {
      conflicts.push(planned.scheduledAt);
    } else if (run.state === 'queued' && run.behind === null) {
      const state = planned.state === 'running' ? 'running' : 'queued';
      claimed.push(data.runs.claim(run, nodeId, state, now));
    }
  });
  data.jobs.advance(row, decision);
  return { job, decision, claimed, conflicts };
}

/** Carries out an edit of a job, with all that it means for the runs that have not begun. */
export function applyEdit(
  data: MemoryData,
  row: JobRow,
  change: Partial<NewJob>,
  now: number,
): JobRecord {
  const version = row.record.version + 1;
  const record = { ...rewound(row, now), ...change, version, updatedAt: now };
  withdrawable(row, now).forEach((run) => data.runs.forget(run));
  pending(row, now).forEach((run) => data.runs.holdBack(run, record.maxInstances));
  row.openSkipAt = null;
  data.jobs.replace(row, record);
  data.runs.refile(row);
  const freedAt = data.runs.promote(row, now);
  if (freedAt !== null) {
    data.wake(freedAt);
  }
  data.wakeFor(record);
  return record;
}

/** Records a run that nobody planned and nobody holds. */
export function addByHand(data: MemoryData, job: JobRow, planned: PlannedRun, now: number): RunRow {
  let seq = 1;
  let run = data.runs.record(job, seq, planned, now);
  while (!run) {
    seq += 1;
    run = data.runs.record(job, seq, planned, now);
  }
  if (planned.behind === null) {
    data.runs.free(run, planned.startAt);
    data.wake(planned.startAt);
  } else {
    // Those ahead may all have ended by now.
    const freedAt = data.runs.promote(job, now);
    if (freedAt !== null) {
      data.wake(freedAt);
    }
  }
  return run;
}

/** Adds further instants to the skip record that is open. `false` if there is none. */
function extendSkip(job: JobRow, planned: PlannedRun): boolean {
  const open = job.openSkipAt === null ? undefined : job.runs.get(runSlot(job.openSkipAt, 0));
  if (open?.state !== 'skipped') {
    return false;
  }
  open.until = planned.until ?? planned.scheduledAt;
  open.count += planned.count;
  return true;
}
