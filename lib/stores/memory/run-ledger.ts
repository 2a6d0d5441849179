import type { NodeSkills, PlannedRun, WorkRequest } from '../../core/fire.js';
import type { JsonValue } from '../../core/json.js';
import type { RunFence } from '../../core/job-store.js';
import type { ClaimedRun, RunKey, RunState } from '../../core/run.js';
import { Queue } from '../../core/queue.js';
import { Lanes } from './lanes.js';
import type { JobRow, RunRow } from './rows.js';
import { runSlot } from './rows.js';

/** What a run is left with when it ends. */
interface RunEnd {
  readonly state: RunState;
  readonly at: number;
  readonly reason?: string | null;
  readonly result?: JsonValue;
  readonly error?: RunRow['error'];
}

/** The records of all runs: live ones, those that nobody holds, and a bounded number of past ones. */
export class RunLedger {
  private readonly ready = new Lanes<RunRow>();
  private readonly past = new Queue<RunRow>();
  private lastClaim = 0;

  /**
   * @param keep how many final records are kept, over all jobs
   * @param onForgotten told of a job that has lost a record
   */
  constructor(
    private readonly keep: number,
    private readonly onForgotten: (job: JobRow) => void,
  ) {}

  /** Records a run. `null` if the instant is on record already. */
  record(job: JobRow, seq: number, plan: PlannedRun, now: number): RunRow | null {
    const slot = runSlot(plan.scheduledAt, seq);
    if (job.runs.has(slot)) {
      return null;
    }
    const row = newRow(job, seq, plan);
    job.runs.set(slot, row);
    if (row.state === 'queued') {
      job.live.add(row);
    } else {
      this.end(row, { state: row.state, at: now, reason: plan.reason });
    }
    return row;
  }

  find({ jobUid, scheduledAt, seq }: RunKey, jobs: ReadonlyMap<string, JobRow>): RunRow | null {
    return jobs.get(jobUid)?.runs.get(runSlot(scheduledAt, seq)) ?? null;
  }

  /** Whether the node still holds the run by the claim of the fence. */
  isHeld(row: RunRow | null, nodeId: string, fence: RunFence): row is RunRow {
    return (
      row !== null && row.nodeId === nodeId && row.claim === fence.claim && row.job.live.has(row)
    );
  }

  /** Gives a run to a node: to begin at once, or held until its start. */
  claim(row: RunRow, nodeId: string, state: 'queued' | 'running', now: number): ClaimedRun {
    this.ready.file(row, row.job.record, null);
    this.lastClaim += 1;
    row.claim = this.lastClaim;
    row.nodeId = nodeId;
    if (state === 'running') {
      this.begin(row, now);
    }
    const { id, handler, executor, args } = row.job.record;
    // A handler may do as it likes with its arguments, as it may with those that come from a database.
    const ownArgs = args.length === 0 ? args : structuredClone(args);
    return {
      jobUid: row.jobUid,
      scheduledAt: row.scheduledAt,
      seq: row.seq,
      claim: row.claim,
      attempt: state === 'running' ? row.attempt : row.attempt + 1,
      state,
      startAt: row.startAt ?? now,
      job: { id, handler, executor, args: ownArgs },
    };
  }

  begin(row: RunRow, now: number): void {
    row.state = 'running';
    row.attempt += 1;
    row.startedAt = now;
    row.job.stamp += 1;
  }

  /** Makes a run free for any node, from `at` on. */
  free(row: RunRow, at: number): void {
    row.state = 'queued';
    row.nodeId = null;
    row.behind = null;
    row.startAt = at;
    row.job.stamp += 1;
    this.ready.file(row, row.job.record, at);
  }

  /** Undoes the claim of a run that has not begun, and lets it wait for its turn again. */
  holdBack(row: RunRow, maxInstances: number): void {
    row.nodeId = null;
    row.behind ??= maxInstances;
    row.job.stamp += 1;
    this.ready.file(row, row.job.record, null);
  }

  /**
   * Undoes a claim, as if the run had never been taken: one of a removed job is called off, a planned one of a paused job
   * waits.
   */
  giveBack(row: RunRow, now: number): void {
    if (row.state === 'running') {
      row.state = 'queued';
      row.attempt -= 1;
      row.startedAt = null;
    }
    if (row.job.removed) {
      row.nodeId = null;
      this.end(row, { state: 'cancelled', at: now, reason: 'job-removed' });
    } else if (row.seq === 0 && row.attempt === 0 && isHalted(row.job)) {
      this.holdBack(row, row.job.record.maxInstances);
    } else {
      this.free(row, row.startAt ?? now);
    }
  }

  end(row: RunRow, { state, at, reason = null, result = null, error = null }: RunEnd): void {
    row.state = state;
    row.reason = reason;
    row.result = result;
    row.error = error;
    row.finishedAt = at;
    row.behind = null;
    row.job.live.delete(row);
    row.job.stamp += 1;
    this.ready.file(row, row.job.record, null);
    this.past.push(row);
    while (this.past.size > this.keep) {
      const oldest = this.past.shift() as RunRow;
      this.forget(oldest);
      this.onForgotten(oldest.job);
    }
  }

  forget(row: RunRow): void {
    row.job.runs.delete(runSlot(row.scheduledAt, row.seq));
    row.job.live.delete(row);
    row.job.stamp += 1;
    this.ready.file(row, row.job.record, null);
  }

  /**
   * Frees runs of a job that wait behind others, oldest first, as far as there is room. Planned ones of a job that is
   * paused or parked wait on.
   *
   * @returns earliest start of those that were freed
   */
  promote(job: JobRow, now: number): number | null {
    const load = loadOf(job);
    if (load.waitingRuns === 0) {
      return null;
    }
    let { liveRuns } = load;
    let next: number | null = null;
    for (const row of waitingRuns(job)) {
      if (isHalted(job) && row.seq === 0) {
        continue;
      }
      if (liveRuns >= (row.behind ?? 0)) {
        break;
      }
      liveRuns += 1;
      const at = Math.max(row.startAt ?? now, now);
      this.free(row, at);
      next = Math.min(next ?? at, at);
    }
    return next;
  }

  /** Files the free runs of a job by what the job needs now. */
  refile(job: JobRow): void {
    for (const row of job.live) {
      if (row.state === 'queued' && row.nodeId === null && row.behind === null) {
        this.ready.file(row, job.record, row.startAt);
      }
    }
  }

  pullReady(request: WorkRequest, until: number): RunRow[] {
    return this.ready.pull(request, until);
  }

  nextReadyAt(node: NodeSkills): number | null {
    return this.ready.nextAt(node);
  }
}

/** How many runs of a job are live, apart by whether they wait behind others. */
export function loadOf(job: JobRow): { liveRuns: number; waitingRuns: number } {
  let waiting = 0;
  for (const row of job.live) {
    if (row.behind !== null) {
      waiting += 1;
    }
  }
  return { liveRuns: job.live.size - waiting, waitingRuns: waiting };
}

/** Whether planned runs of the job may not begin. */
function isHalted({ record: { state } }: JobRow): boolean {
  return state === 'paused' || state === 'parked';
}

function waitingRuns(job: JobRow): RunRow[] {
  return [...job.live].filter((row) => row.behind !== null).toSorted(byInstant);
}

/** Older instants first, planned before manual. */
export function byInstant(a: RunRow, b: RunRow): number {
  return a.scheduledAt - b.scheduledAt || Number(a.jobUid) - Number(b.jobUid) || a.seq - b.seq;
}

function newRow(job: JobRow, seq: number, plan: PlannedRun): RunRow {
  const live = plan.state === 'queued' || plan.state === 'running';
  return {
    job,
    jobUid: job.record.uid,
    jobId: job.record.id,
    scheduledAt: plan.scheduledAt,
    seq,
    claim: 0,
    behind: plan.behind,
    state: live ? 'queued' : plan.state,
    until: plan.until,
    count: plan.count,
    startAt: live ? plan.startAt : null,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    recoveries: 0,
    reason: plan.reason,
    result: null,
    error: null,
    progress: null,
    nodeId: null,
  };
}
