import type { JobPolicies, JobRecord } from './job.js';
import type { ClaimedRun } from './run.js';

/** What a node can do. */
export interface NodeSkills {
  /** Fresh with every join, a UUID. */
  readonly nodeId: string;
  /** Names of the handlers that this node has. */
  readonly handlers: readonly string[];
  /** Aliases of its executors. */
  readonly executors: readonly string[];
}

/** What a node asks for when it looks for work: only what it has the handlers for, and executors with room. */
export interface WorkRequest extends NodeSkills {
  /** Greatest number of jobs or runs to look at. */
  readonly limit: number;
  /** How many milliseconds ahead of the store's time to look. */
  readonly lead: number;
}

/** How busy a job is. Read after its row was locked, or compared before it is written. */
export interface JobLoad {
  /** Its live runs that do not wait behind others. */
  readonly liveRuns: number;
  /** Its live runs that wait behind others. */
  readonly waitingRuns: number;
}

/** A job with an instant within reach: what `plan` decides on. */
export interface DueJob
  extends
    JobPolicies,
    JobLoad,
    Pick<
      JobRecord,
      | 'uid'
      | 'id'
      | 'version'
      | 'handler'
      | 'executor'
      | 'trigger'
      | 'origin'
      | 'createdAt'
      | 'lastFireAt'
      | 'fireCount'
    > {
  /** The instant at hand. */
  readonly nextFireAt: number;
  /** Instant of its newest record, when that is a skip to which further skips can be added. */
  readonly openSkipAt: number | null;
}

/** A record that a fire makes. */
export interface PlannedRun {
  readonly scheduledAt: number;
  /**
   * `running`: claimed by the firing node, begins at once. `queued`: claimed ahead by the firing node, or, with
   * `behind`, waiting for its turn. `missed`, `skipped`: final.
   */
  readonly state: 'queued' | 'running' | 'missed' | 'skipped';
  /** When it may begin: the instant and its jitter. */
  readonly startAt: number;
  /** Set for a run that waits: it becomes free to begin once fewer than so many runs of its job are live. */
  readonly behind: number | null;
  /** Last instant that a missed or skipped record covers, when it covers several. */
  readonly until: number | null;
  readonly count: number;
  readonly reason: string | null;
}

/** What becomes of a job that is due. */
export interface FireDecision {
  readonly uid: string;
  readonly runs: readonly PlannedRun[];
  /** The job's next instant, or `null` when none is left. */
  readonly nextFireAt: number | null;
  /** The watermark: the last instant that this decision disposes of. */
  readonly lastFireAt: number;
  readonly fireCount: number;
  /** Instant of the skip that further skips may be added to. */
  readonly openSkipAt: number | null;
  /** The first of `runs` is to be added to the open skip record rather than recorded by itself. */
  readonly extendsSkip: boolean;
}

/**
 * Decides what becomes of jobs that are due. Pure and synchronous: a store may call it again for the same job, and
 * its decision counts only if the job was not edited or fired meanwhile. A job that it gives no decision for is left
 * as it is.
 */
export type Plan = (jobs: readonly DueJob[], now: number) => readonly FireDecision[];

/** A job that has been fired. */
export interface FiredJob {
  readonly job: DueJob;
  readonly decision: FireDecision;
  /** The runs of the decision that the node now holds. */
  readonly claimed: readonly ClaimedRun[];
  /** Instants of the decision that were on record already. They stay as they were; the job moved on. */
  readonly conflicts: readonly number[];
}

export interface FireReply {
  /** The store's time. */
  readonly now: number;
  readonly fired: readonly FiredJob[];
  /** The limit was reached: there may be more. */
  readonly full: boolean;
  /** Earliest instant of a job that the request could have fired, had it looked far enough. */
  readonly nextDueAt: number | null;
  /** Earliest start of a run that nobody holds and the request could have taken. */
  readonly nextReadyAt: number | null;
}
