import type { Clock } from './clock.js';
import type { FireReply, JobLoad, NodeSkills, Plan, PlannedRun, WorkRequest } from './fire.js';
import type { JobOrigin, JobRecord, JobState, NewJob } from './job.js';
import type { JsonValue } from './json.js';
import type { ClaimedRun, RunError, RunKey, RunProgress, RunRecord, RunState } from './run.js';

/** What the scheduler gives a store to work with. */
export interface StoreContext {
  /** The name that the store goes by in this scheduler. */
  readonly alias: string;
  readonly clock: Clock;
  /** To be called when the store learns, from whomever, of work at or after `at`. Cheap; may be called in vain. */
  wake(at: number): void;
  /** To be called when something works, but not as well as it should. */
  warn(message: string): void;
  /** To be called with what any scheduler on the store announces, one's own included. Absent: nobody wants to know. */
  readonly hear?: (notices: readonly string[]) => void;
}

/** A process that joins a store. */
export interface NodeAdvert extends NodeSkills {
  readonly host: string;
  readonly pid: number;
}

/**
 * Replies to short calls carry the store's time at some moment between call and reply, in milliseconds. Fractions, where
 * the store has them, make the node's starts more punctual.
 */
export interface JoinReply {
  readonly now: number;
}

export interface BeatReply {
  readonly now: number;
  /** Earliest end of the lease of another node that lives, or is dead and holds something still. */
  readonly nextLapseAt: number | null;
  /** Earliest instant of a job, or start of a run that nobody holds, that the node has the means for. */
  readonly nextWorkAt: number | null;
}

/** The fence of a claimed run: what must still be so for its holder to write. */
export interface RunFence extends RunKey {
  readonly claim: number;
}

export interface TakeReply {
  readonly now: number;
  readonly runs: readonly ClaimedRun[];
}

export interface StartReply {
  readonly now: number;
  /** For each fence in order: whether the run is now running. */
  readonly started: readonly boolean[];
}

/** How far an attempt has come. */
export interface RunProgressReport extends RunFence {
  readonly progress: RunProgress;
}

/** How an attempt ended. */
export interface RunOutcome extends RunFence {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly result: JsonValue;
  readonly error: RunError | null;
  readonly reason: string | null;
}

export interface FinishReply {
  readonly now: number;
  /**
   * For each outcome in order: `false` when the claim was superseded and nothing was recorded; `null` when a transaction
   * of the application holds the run, so that it has to be asked again.
   */
  readonly recorded: readonly (boolean | null)[];
  /** Earliest start of a run that waited behind one of these and is free now. */
  readonly nextReadyAt: number | null;
}

/** A run that was held by a node that is no more. */
export interface ReapedRun extends RunKey {
  readonly jobId: string;
  readonly nodeId: string;
  /** The attempt that was under way, or 0 when it had not begun. */
  readonly attempt: number;
  readonly becomes: 'queued' | 'failed';
  readonly reason: string | null;
}

export interface ReapReply {
  readonly now: number;
  readonly runs: readonly ReapedRun[];
  /** Earliest end of another node's lease; sooner, where something had to be left for the next time. */
  readonly nextLapseAt: number | null;
}

/** The caller's own transaction, in the store's own terms, and what must be true of the job. */
export interface EditOptions {
  readonly manager?: unknown;
  readonly ifVersion?: number;
}

/**
 * Decides what an edit makes of a job. Pure and synchronous: a store may call it again. What it returns replaces the
 * job's fields; `null` leaves the job as it is, to the version; what it throws ends the edit with nothing written.
 *
 * The job comes as it was before any run was fired whose instant lies ahead: see `JobStore.editJob`.
 */
export type Edit = (job: JobRecord, now: number) => Partial<NewJob> | null;

/** Which jobs. All conditions that are given must hold. */
export interface JobFilter {
  readonly ids?: readonly string[];
  readonly state?: readonly JobState[];
  readonly handler?: string;
  readonly tags?: readonly string[];
  readonly origin?: JobOrigin;
}

/** A stretch of a list that is ordered by a key: what comes after `after`, at most `limit`. */
export interface Page<K> {
  readonly after: K | null;
  readonly limit: number;
}

/** Which runs. All conditions that are given must hold. */
export interface RunFilter {
  readonly jobId?: string;
  readonly state?: readonly RunState[];
  /** Scheduled at or after. */
  readonly from?: number;
  /** Scheduled before. */
  readonly to?: number;
}

/**
 * Where jobs and runs live. A store is driven by one scheduler per process and may be shared by many processes; it
 * knows nothing of triggers, handlers and policies, and keeps what is decided for it.
 *
 * What every store holds to:
 * - a decision of `plan` or of an edit is applied in one transaction with all its records, and only to a job that is
 *   still as it was when it was decided on;
 * - there is at most one record for a job and instant with `seq` 0;
 * - claims grow and are never used twice;
 * - time comes from one clock for all processes that share the store.
 *
 * A call that fails because the store is out of reach throws whatever the driver throws; the scheduler repeats it.
 *
 * @publicApi
 */
export abstract class JobStore {
  /** What sort of store this is, such as `memory` or `postgres`. */
  abstract readonly kind: string;

  /** Connects, and brings the store's schema up to date. A store can be opened again after `close`. */
  abstract open(context: StoreContext): Promise<void>;
  abstract close(): Promise<void>;

  /** Adds a node whose lease ends `ttl` milliseconds from now. */
  abstract join(advert: NodeAdvert, ttl: number): Promise<JoinReply>;

  /**
   * Renews a node's lease, and looks at what is next for it. Throws `NodeLostError` when the node was declared dead.
   */
  abstract beat(node: NodeSkills, ttl: number): Promise<BeatReply>;

  /** Ends a node's lease. What it still holds is free for others at once. */
  abstract leave(nodeId: string): Promise<void>;

  /**
   * Declares nodes dead whose lease has ended, and hands on what dead nodes hold: runs that had not begun are free
   * again; others are free again, or failed where the job's `recovery` or `maxRecoveries` says so.
   */
  abstract reap(maxRecoveries: number): Promise<ReapReply>;

  /**
   * Fires jobs that are due within `lead`: gives them to `plan`, records what it decides and moves them on, in one
   * transaction. Rows that another node is working on are passed over.
   * Throws `NodeLostError` when the node was declared dead.
   */
  abstract fire(request: WorkRequest, plan: Plan): Promise<FireReply>;

  /**
   * Claims runs that nobody holds and that may begin within `lead`: `running` those whose start has come, `queued`
   * the others. Throws `NodeLostError` when the node was declared dead.
   */
  abstract take(request: WorkRequest): Promise<TakeReply>;

  /**
   * Gives back everything that the store has in the node's name, except `held`: claims whose reply never reached the
   * node, because the connection broke after they were made. The handlers of those runs were not called.
   */
  abstract disown(nodeId: string, held: readonly RunFence[]): Promise<void>;

  /**
   * Turns runs that were claimed ahead `running`, where the fence holds. Only those may begin. Asked again, because
   * the reply was lost, it says the same.
   */
  abstract start(nodeId: string, fences: readonly RunFence[]): Promise<StartReply>;

  /**
   * Gives back runs whose handler was not called, `queued` or `running`: the attempt does not count. Those of a job that was
   * removed meanwhile are cancelled, planned ones of a job that was paused or parked meanwhile wait for its end.
   */
  abstract release(nodeId: string, fences: readonly RunFence[]): Promise<void>;

  /**
   * Records outcomes where the fence holds, and frees the runs that waited behind. Asked again with the same outcomes,
   * because the reply was lost, it says the same.
   */
  abstract finish(nodeId: string, outcomes: readonly RunOutcome[]): Promise<FinishReply>;

  /**
   * Notes how far running runs have come, where the fence holds.
   *
   * @returns for each report in order: whether it was noted
   */
  abstract progress(
    nodeId: string,
    reports: readonly RunProgressReport[],
  ): Promise<readonly boolean[]>;

  /**
   * Records in the caller's transaction that a run has succeeded, where the fence holds. `finish` is asked about the run
   * all the same when its handler has ended: it records whatever that says if the transaction was rolled back.
   * Throws `InvalidJobError` when there is no such transaction.
   *
   * @returns `false` when the claim was superseded
   */
  abstract complete(nodeId: string, outcome: RunOutcome, manager: unknown): Promise<boolean>;

  /**
   * Adds jobs, all or none. A finished job of the same id that was not declared in code makes way, its history stays.
   * Throws `ConflictingJobIdError` for any other job of the same id.
   */
  abstract addJobs(jobs: readonly NewJob[], options?: EditOptions): Promise<readonly JobRecord[]>;

  /**
   * Edits a job. Planned runs that have not begun lose their claim, so that none of them begins as the job was before.
   * Those whose instant lies ahead are taken back: their records go and the job stands again before the earliest of
   * them, so that the edit decides over those instants too. Those whose instant has come stay, and wait for their
   * turn; while the job is paused or parked they go on waiting.
   *
   * @returns the job as it is then, or `null` when there is none of this id. Throws `VersionConflictError`.
   */
  abstract editJob(id: string, edit: Edit, options?: EditOptions): Promise<JobRecord | null>;

  /**
   * Removes a job. Its runs that have not begun are cancelled, those that have go on, and the history stays.
   *
   * @param guard throws to refuse
   * @returns the job as it was, or `null` when there is none of this id
   */
  abstract removeJob(
    id: string,
    guard: (job: JobRecord) => void,
    options?: EditOptions,
  ): Promise<JobRecord | null>;

  /** Jobs ordered by id. Which order of text that is, is the store's own affair, as long as it stays the same. */
  abstract listJobs(filter: JobFilter, page: Page<string>): Promise<readonly JobRecord[]>;

  /**
   * Adds a run by hand at the store's time; nobody holds it yet.
   *
   * @returns the run, or `null` when there is no job of this id
   */
  abstract addRun(
    jobId: string,
    plan: (job: JobRecord & JobLoad, now: number) => PlannedRun,
    options?: EditOptions,
  ): Promise<RunRecord | null>;

  async getRun(key: RunKey): Promise<RunRecord | null> {
    const [run] = await this.getRuns([key]);
    return run ?? null;
  }

  /** Those of the runs that are on record, in any order. */
  abstract getRuns(keys: readonly RunKey[]): Promise<readonly RunRecord[]>;

  /** Runs, newest instant first. */
  abstract listRuns(filter: RunFilter, page: Page<RunKey>): Promise<readonly RunRecord[]>;

  /**
   * Brings short texts to all schedulers on the store that want to hear them, as far as it can: they may be lost, but
   * not out of order. None is longer than 1000 characters.
   */
  abstract announce(notices: readonly string[]): Promise<void>;
}
