import type { DueJob, FireDecision, FiredJob, PlannedRun } from '../../../core/fire.js';
import type { JsonValue } from '../../../core/json.js';
import type { ClaimedRun } from '../../../core/run.js';
import type { SkipExtension } from '../statements/extend-skips.js';
import type { DueRow } from '../statements/lock-due-jobs.js';
import type { DueSpec } from '../statements/read-due-jobs.js';
import type { DueLoadRow } from '../statements/read-due-loads.js';
import type { NewRun } from '../statements/record-runs.js';

/** A locked job with what was read of it. */
export interface Candidate {
  readonly job: DueJob;
  /** JSON as text. */
  readonly args: string;
  readonly laneId: number;
  readonly claim: number;
}

/** A job and what was decided for it. */
export interface Planned extends Candidate {
  readonly decision: FireDecision;
}

/** A locked row, what its job is, and how busy. */
export interface DueParts {
  readonly row: DueRow;
  readonly spec: DueSpec;
  readonly load: DueLoadRow;
}

/** By uid, in the order in which the jobs were locked. */
export function toCandidates(jobs: readonly DueParts[]): Map<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  for (const { row, spec, load } of jobs) {
    candidates.set(row.uid, {
      job: toDueJob(row, spec, load),
      args: spec.args,
      laneId: row.laneId,
      claim: load.claim,
    });
  }
  return candidates;
}

/** Field by field: a fire of a thousand jobs does this a thousand times, and spreading costs ten times as much. */
function toDueJob(row: DueRow, spec: DueSpec, load: DueLoadRow): DueJob {
  return {
    uid: spec.uid,
    id: spec.id,
    version: row.version,
    handler: spec.handler,
    executor: spec.executor,
    trigger: spec.trigger,
    origin: spec.origin,
    createdAt: spec.createdAt,
    lastFireAt: row.lastFireAt,
    fireCount: row.fireCount,
    nextFireAt: row.nextFireAt,
    openSkipAt: row.openSkipAt,
    liveRuns: load.liveRuns,
    waitingRuns: load.waitingRuns,
    coalesce: spec.coalesce,
    overlap: spec.overlap,
    maxInstances: spec.maxInstances,
    misfireGraceTime: spec.misfireGraceTime,
    maxCatchUp: spec.maxCatchUp,
    recovery: spec.recovery,
  };
}

/** Whether the firing node holds the run from the start. */
function isClaimed(run: PlannedRun): boolean {
  return run.state === 'running' || (run.state === 'queued' && run.behind === null);
}

/** How many numbers the decision needs for claims beyond the one that its job came with. */
export function furtherClaims(decision: FireDecision): number {
  return Math.max(0, decision.runs.filter(isClaimed).length - 1);
}

/** Whether some run of the job waits behind others, so that those must tell when they end. */
export function hasWaiting({ job, decision }: Planned): boolean {
  return job.waitingRuns > 0 || decision.runs.some((run) => run.behind !== null);
}

export function skipExtensions(batch: readonly Planned[]): SkipExtension[] {
  return batch.flatMap(({ job, decision }) => {
    const [run] = decision.runs;
    return decision.extendsSkip && job.openSkipAt !== null && run
      ? {
          jobUid: job.uid,
          openSkipAt: job.openSkipAt,
          until: run.until ?? run.scheduledAt,
          count: run.count,
        }
      : [];
  });
}

/** The records to make of each job; those that went into an open skip record are left out. */
export function newRuns(
  batch: readonly Planned[],
  extended: ReadonlySet<string>,
  spareClaims: readonly number[],
): NewRun[][] {
  let spare = 0;
  return batch.map((planned) => {
    const { job, decision, laneId } = planned;
    const awaited = hasWaiting(planned);
    let claim: number | undefined = planned.claim;
    const runs: NewRun[] = [];
    for (const run of extended.has(job.uid) ? decision.runs.slice(1) : decision.runs) {
      let own: number | null = null;
      if (isClaimed(run)) {
        own = claim ?? spareClaims[spare++] ?? null;
        claim = undefined;
      }
      runs.push(toNewRun(run, job.uid, laneId, own, awaited));
    }
    return runs;
  });
}

function toNewRun(
  run: PlannedRun,
  jobUid: string,
  laneId: number,
  claim: number | null,
  awaited: boolean,
): NewRun {
  return {
    jobUid,
    laneId,
    seq: 0,
    claim,
    awaited,
    scheduledAt: run.scheduledAt,
    state: run.state,
    startAt: run.startAt,
    behind: run.behind,
    until: run.until,
    count: run.count,
    reason: run.reason,
  };
}

/**
 * What the scheduler is told of each job: which runs it holds now, and which were on record already.
 *
 * @param runs of each job, in the order of the batch
 * @param recorded whether a run was recorded
 */
export function firedJobs(
  batch: readonly Planned[],
  runs: readonly (readonly NewRun[])[],
  recorded: (run: NewRun) => boolean,
): FiredJob[] {
  return batch.map(({ job, args, decision }, index) => {
    const claimed: ClaimedRun[] = [];
    const conflicts: number[] = [];
    for (const run of runs[index] ?? []) {
      if (!recorded(run)) {
        conflicts.push(run.scheduledAt);
      } else if (run.claim !== null) {
        claimed.push(toClaimedRun(job, args, run, run.claim));
      }
    }
    return { job, decision, claimed, conflicts };
  });
}

function toClaimedRun(job: DueJob, args: string, run: NewRun, claim: number): ClaimedRun {
  return {
    jobUid: run.jobUid,
    scheduledAt: run.scheduledAt,
    seq: run.seq,
    claim,
    attempt: 1,
    state: run.state === 'running' ? 'running' : 'queued',
    startAt: run.startAt,
    job: { id: job.id, handler: job.handler, executor: job.executor, args: readArgs(args) },
  };
}

function readArgs(text: string): readonly JsonValue[] {
  return text === '[]' ? [] : (JSON.parse(text) as JsonValue[]);
}
