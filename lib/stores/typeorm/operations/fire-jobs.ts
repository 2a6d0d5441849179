import type { Clock } from '../../../core/clock.js';
import { NodeLostError } from '../../../core/errors/node-lost.error.js';
import type { FireReply, FiredJob, Plan, WorkRequest } from '../../../core/fire.js';
import { isRefusedData } from '../connection/database-error.js';
import type { Database } from '../connection/database.js';
import type { Session } from '../connection/session.js';
import { advanceJobs } from '../statements/advance-jobs.js';
import { extendSkips } from '../statements/extend-skips.js';
import { findOwnRuns } from '../statements/find-own-runs.js';
import { lockDueJobs } from '../statements/lock-due-jobs.js';
import type { DueRow, LockedJobs } from '../statements/lock-due-jobs.js';
import { lockJobsAgain } from '../statements/lock-jobs-again.js';
import { lockJobs } from '../statements/lock-jobs.js';
import { markAwaited } from '../statements/mark-awaited.js';
import { parkJob } from '../statements/park-job.js';
import { promoteRuns } from '../statements/promote-runs.js';
import { readDueJobs } from '../statements/read-due-jobs.js';
import { readDueLoads } from '../statements/read-due-loads.js';
import type { DueLoadRow } from '../statements/read-due-loads.js';
import { recordRuns } from '../statements/record-runs.js';
import { surveyWork } from '../statements/survey-work.js';
import type { WorkSurvey } from '../statements/survey-work.js';
import { takeClaims } from '../statements/take-claims.js';
import { KnownSpecs } from './known-specs.js';
import { earliest, levelsUpBy, serveLevels } from './levels.js';
import { WorkOutlook } from './work-outlook.js';
import {
  firedJobs,
  furtherClaims,
  hasWaiting,
  newRuns,
  skipExtensions,
  toCandidates,
} from './planned-batch.js';
import type { DueParts, Planned } from './planned-batch.js';

type Lock = (session: Session) => Promise<LockedJobs>;

/** What a transaction was about, when it fails. */
interface Trial {
  uids: readonly string[];
}

/** Fires the jobs that are due for a node. */
export class JobFiring {
  private readonly outlook: WorkOutlook;
  private readonly specs = new KnownSpecs();

  constructor(
    private readonly database: Database,
    clock: Clock,
    private readonly warn: (message: string) => void,
  ) {
    this.outlook = new WorkOutlook(clock);
  }

  async fire(request: WorkRequest, plan: Plan): Promise<FireReply> {
    const expected = this.outlook.levelsUp(request);
    const before = expected.length > 0 ? null : await this.survey(request);
    const levels = before ? levelsUpBy(before.due, before.now + request.lead) : expected;
    if (before && (levels.length === 0 || request.limit < 1)) {
      return toReply(before, [], false);
    }
    const { locked, fired, after } = await this.fireLocked(request, plan, (session) =>
      lockLevels(session, request, levels),
    );
    return toReply(after, fired, locked >= request.limit);
  }

  /** Fires what `lock` locks, in one transaction; in several when the database refuses something of it. */
  private async fireLocked(
    request: WorkRequest,
    plan: Plan,
    lock: Lock,
  ): Promise<{ locked: number; fired: readonly FiredJob[]; after: WorkSurvey }> {
    const trial: Trial = { uids: [] };
    try {
      const [fired, after] = await this.database.transactionThen(
        (session) => fireIn(session, this.specs, request, plan, lock, trial),
        (session) => surveyWork(session, request),
      );
      return {
        locked: trial.uids.length,
        fired,
        after: after ? this.outlook.note(after) : await this.survey(request),
      };
    } catch (error) {
      this.outlook.forget();
      if (!isRefusedData(error) || trial.uids.length === 0) {
        throw error;
      }
      const fired = await this.fireApart(request, plan, trial.uids, error);
      return { locked: trial.uids.length, fired, after: await this.survey(request) };
    }
  }

  /** @throws NodeLostError */
  private async survey(request: WorkRequest): Promise<WorkSurvey> {
    const survey = await this.database.session((session) => surveyWork(session, request));
    if (!survey.alive) {
      throw new NodeLostError(request.nodeId);
    }
    return this.outlook.note(survey);
  }

  /** Halves a batch of which the database refuses something, until the culprit stands alone, and sets that aside. */
  private async fireApart(
    request: WorkRequest,
    plan: Plan,
    uids: readonly string[],
    error: Error,
  ): Promise<readonly FiredJob[]> {
    const [only] = uids;
    if (uids.length === 1 && only !== undefined) {
      await this.park(only, error);
      return [];
    }
    const middle = Math.ceil(uids.length / 2);
    const fired: FiredJob[] = [];
    for (const half of [uids.slice(0, middle), uids.slice(middle)]) {
      const result = await this.fireLocked(request, plan, (session) =>
        lockJobsAgain(session, request.nodeId, half, request.lead),
      );
      fired.push(...result.fired);
    }
    return fired;
  }

  private async park(uid: string, error: Error): Promise<void> {
    this.warn(
      `The job with uid ${uid} was parked, because the database refuses what its fire would record: ${error.message}`,
    );
    await this.database.transaction(async (session) => {
      if ((await lockJobs(session, [uid])).length > 0) {
        await parkJob(session, uid, error.message);
      }
    });
  }
}

function toReply(
  { now, due, ready }: WorkSurvey,
  fired: readonly FiredJob[],
  full: boolean,
): FireReply {
  return { now, fired, full, nextDueAt: earliest(due), nextReadyAt: earliest(ready) };
}

async function lockLevels(
  session: Session,
  request: WorkRequest,
  levels: readonly number[],
): Promise<LockedJobs> {
  let now = 0;
  let alive = true;
  const rows: DueRow[] = [];
  await serveLevels(levels, request.limit, async (level, room) => {
    const locked = await lockDueJobs(session, request, level, room);
    now = locked.now;
    alive &&= locked.alive;
    rows.push(...locked.rows);
    return locked.rows.length;
  });
  return { now, alive, rows };
}

async function fireIn(
  session: Session,
  specs: KnownSpecs,
  { nodeId }: WorkRequest,
  plan: Plan,
  lock: Lock,
  trial: Trial,
): Promise<readonly FiredJob[]> {
  const { now, alive, rows } = await lock(session);
  if (!alive) {
    throw new NodeLostError(nodeId);
  }
  trial.uids = rows.map((row) => row.uid);
  if (rows.length === 0) {
    return [];
  }
  const candidates = toCandidates(await readJobs(session, specs, rows));
  const decisions = plan(
    [...candidates.values()].map((candidate) => candidate.job),
    now,
  );
  const batch = decisions.flatMap((decision) => {
    const candidate = candidates.get(decision.uid);
    candidates.delete(decision.uid);
    // Field by field, for the reason given at toDueJob.
    return candidate
      ? {
          job: candidate.job,
          args: candidate.args,
          laneId: candidate.laneId,
          claim: candidate.claim,
          decision,
        }
      : [];
  });
  return batch.length === 0 ? [] : apply(session, nodeId, batch);
}

/** Reads locked jobs, as much as is not known of each. */
async function readJobs(
  session: Session,
  specs: KnownSpecs,
  rows: readonly DueRow[],
): Promise<DueParts[]> {
  const known = rows.filter((row) => specs.of(row) !== null).map(({ uid }) => uid);
  const isKnown = new Set(known);
  const unknown = rows.filter(({ uid }) => !isKnown.has(uid)).map(({ uid }) => uid);
  const [loads, read] = await Promise.all([
    known.length === 0 ? [] : readDueLoads(session, known),
    unknown.length === 0 ? [] : readDueJobs(session, unknown),
  ]);
  const loadOf = new Map<string, DueLoadRow>(loads.map((load) => [load.uid, load]));
  const readOf = new Map(read.map((job) => [job.uid, job]));
  return rows.flatMap((row) => {
    const fresh = readOf.get(row.uid);
    if (fresh) {
      specs.note(row, fresh);
    }
    const spec = fresh ?? specs.of(row);
    const load = fresh ?? loadOf.get(row.uid);
    return spec && load ? { row, spec, load } : [];
  });
}

async function apply(
  session: Session,
  nodeId: string,
  batch: readonly Planned[],
): Promise<readonly FiredJob[]> {
  const extensions = skipExtensions(batch);
  const extended =
    extensions.length === 0 ? new Set<string>() : await extendSkips(session, extensions);
  const further = batch.reduce((sum, { decision }) => sum + furtherClaims(decision), 0);
  const spare = further === 0 ? [] : await takeClaims(session, further);
  const runs = newRuns(batch, extended, spare);
  const flat = runs.flat();
  const recording = flat.length === 0 ? 0 : recordRuns(session, nodeId, flat);
  const advancing = advanceJobs(
    session,
    batch.map(({ decision }) => decision),
  );
  // Both are on their way by now. If the first fails, so does the second, and the first says why.
  advancing.catch(() => undefined);
  const recorded = await recording;
  await advancing;
  await freeOvertaken(session, batch.filter(hasWaiting));
  if (recorded === flat.length) {
    return firedJobs(batch, runs, () => true);
  }
  const own = await findOwnRuns(session, flat);
  return firedJobs(batch, runs, (run) => own.has(`${run.jobUid}/${run.scheduledAt}`));
}

/**
 * A run that was counted as live may have ended since, before it could learn that others wait behind it: then they
 * are looked at here.
 */
async function freeOvertaken(session: Session, batch: readonly Planned[]): Promise<void> {
  if (batch.length === 0) {
    return;
  }
  const uids = batch.map(({ job }) => job.uid);
  await markAwaited(session, uids);
  await promoteRuns(session, uids);
}
