import type { DueJob, FireDecision, FiredJob, PlannedRun } from '../../../core/fire.js';
import type { ClaimedRun } from '../../../core/run.js';
import type { SkipExtension } from '../statements/extend-skips.js';
import type { DueRow } from '../statements/lock-due-jobs.js';
import type { DueSpecRow } from '../statements/read-due-jobs.js';
import type { NewRun } from '../statements/record-runs.js';

/** A locked job with what was read of it. */
export interface Candidate {
  readonly job: DueJob;
  readonly laneId: number;
  readonly claim: number;
}

/** A job and what was decided for it. */
export interface Planned extends Candidate {
  readonly decision: FireDecision;
}

export function toCandidates(
  rows: readonly DueRow[],
  specs: readonly DueSpecRow[],
): Map<string, Candidate> {
  const specOf = new Map(specs.map((spec) => [spec.uid, spec]));
  const candidates = new Map<string, Candidate>();
  for (const { laneId, uid, version, nextFireAt, lastFireAt, fireCount, openSkipAt } of rows) {
    const spec = specOf.get(uid);
    if (spec) {
      const { claim, ...job } = spec;
      const progress = { version, nextFireAt, lastFireAt, fireCount, openSkipAt };
      candidates.set(uid, { job: { ...job, ...progress }, laneId, claim });
    }
  }
  return candidates;
}

/** Whether the firing node holds the run from the start. */
export function isClaimed(run: PlannedRun): boolean {
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

/** The records to make; those that went into an open skip record are left out. */
export function newRuns(
  batch: readonly Planned[],
  extended: ReadonlySet<string>,
  spareClaims: readonly number[],
): NewRun[] {
  let spare = 0;
  return batch.flatMap((planned) => {
    const { job, decision, laneId } = planned;
    const awaited = hasWaiting(planned);
    let claim: number | undefined = planned.claim;
    return decision.runs.slice(extended.has(job.uid) ? 1 : 0).map((run) => {
      const mine = isClaimed(run);
      const own = mine ? (claim ?? spareClaims[spare++] ?? null) : null;
      claim = mine ? undefined : claim;
      return { ...run, jobUid: job.uid, laneId, seq: 0, claim: own, awaited };
    });
  });
}

/** What the scheduler is told of each job: which runs it holds now, and which were on record already. */
export function firedJobs(
  batch: readonly Planned[],
  runs: readonly NewRun[],
  recorded: readonly { readonly uid: string; readonly scheduledAt: number }[],
): FiredJob[] {
  const onRecord = new Set(recorded.map((row) => `${row.uid}/${row.scheduledAt}`));
  const runsOf = new Map<string, NewRun[]>();
  for (const run of runs) {
    const others = runsOf.get(run.jobUid);
    if (others) {
      others.push(run);
    } else {
      runsOf.set(run.jobUid, [run]);
    }
  }
  return batch.map(({ job, decision }) => {
    const claimed: ClaimedRun[] = [];
    const conflicts: number[] = [];
    for (const run of runsOf.get(job.uid) ?? []) {
      if (!onRecord.has(`${run.jobUid}/${run.scheduledAt}`)) {
        conflicts.push(run.scheduledAt);
      } else if (run.claim !== null) {
        claimed.push(toClaimedRun(job, run, run.claim));
      }
    }
    return { job, decision, claimed, conflicts };
  });
}

function toClaimedRun(job: DueJob, run: NewRun, claim: number): ClaimedRun {
  return {
    jobUid: run.jobUid,
    scheduledAt: run.scheduledAt,
    seq: run.seq,
    claim,
    attempt: 1,
    state: run.state === 'running' ? 'running' : 'queued',
    startAt: run.startAt,
    job: { id: job.id, handler: job.handler, executor: job.executor, args: job.args },
  };
}
