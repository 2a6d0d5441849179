import { earlier } from '../../core/earlier.js';
import { ConflictingJobIdError } from '../../core/errors/conflicting-job-id.error.js';
import type {
  FiredJob,
  FireReply,
  JobLoad,
  NodeSkills,
  Plan,
  PlannedRun,
  WorkRequest,
} from '../../core/fire.js';
import type {
  BeatReply,
  Edit,
  EditOptions,
  FinishReply,
  JobFilter,
  JoinReply,
  NodeAdvert,
  Page,
  ReapReply,
  RunFence,
  RunFilter,
  RunOutcome,
  RunProgressReport,
  StartReply,
  StoreContext,
  TakeReply,
} from '../../core/job-store.js';
import { JobStore } from '../../core/job-store.js';
import type { JobRecord, NewJob } from '../../core/job.js';
import type { RunKey, RunRecord } from '../../core/run.js';
import { addByHand, applyDecision, applyEdit } from './apply.js';
import { checkVersion, makesWay } from './job-rules.js';
import { toDueJob } from './job-table.js';
import { disownRuns, finishRuns, noteProgress } from './held-runs.js';
import type { MemoryData } from './memory-data.js';
import { listRuns, toRunRecord } from './run-query.js';
import { reapRuns } from './reap.js';
import { noTransactions, refuseManager } from './no-transactions.js';
import { loadOf } from './run-ledger.js';
import { rewound } from './withdrawal.js';

/**
 * How decisions are kept from colliding. `locking`: nothing happens between look and write. `compare-and-set`: others
 * may act in between, and what they changed is left alone. The second is how stores without locks work; both are
 * here so that the scheduler is proven on both.
 */
export type MemoryStoreMode = 'locking' | 'compare-and-set';

/** Keeps jobs in the memory of this process. They are gone when it ends. */
export class MemoryJobStore extends JobStore {
  readonly kind = 'memory';
  private context: StoreContext | undefined;

  constructor(
    private readonly data: MemoryData,
    private readonly mode: MemoryStoreMode,
  ) {
    super();
  }

  async open(context: StoreContext): Promise<void> {
    this.context = context;
    this.data.attach(context);
  }

  async close(): Promise<void> {
    if (this.context) {
      this.data.detach(this.context);
    }
  }

  async join({ nodeId }: NodeAdvert, ttl: number): Promise<JoinReply> {
    const now = this.data.now();
    this.data.nodes.join(nodeId, now + ttl);
    return { now };
  }

  async beat(node: NodeSkills, ttl: number): Promise<BeatReply> {
    const now = this.data.now();
    this.data.nodes.renew(node.nodeId, now + ttl);
    return {
      now,
      nextLapseAt: this.data.nodes.nextLapseAt(node.nodeId),
      nextWorkAt: earlier(this.data.jobs.nextDueAt(node), this.data.runs.nextReadyAt(node)),
    };
  }

  async leave(nodeId: string): Promise<void> {
    this.data.nodes.leave(nodeId, this.data.now());
  }

  async reap(maxRecoveries: number): Promise<ReapReply> {
    const now = this.data.now();
    this.data.nodes.expire(now);
    const runs = reapRuns(this.data, maxRecoveries, now);
    if (runs.length > 0) {
      this.data.wake(now);
    }
    return { now, runs, nextLapseAt: this.data.nodes.nextLapseAt(null) };
  }

  async fire(request: WorkRequest, plan: Plan): Promise<FireReply> {
    this.data.nodes.requireAlive(request.nodeId);
    const now = this.data.now();
    const rows = this.data.jobs.pullDue(request, now + request.lead);
    // Filed again at once: to another node, a job that is being decided on looks as due as before.
    const looks = rows.map((row) => {
      this.data.jobs.file(row);
      return { row, stamp: row.stamp, job: toDueJob(row) };
    });
    const decisions = new Map(
      plan(
        looks.map((look) => look.job),
        now,
      ).map((decision) => [decision.uid, decision]),
    );
    if (this.mode === 'compare-and-set') {
      await othersTurn();
      this.data.nodes.requireAlive(request.nodeId);
    }
    const fired: FiredJob[] = [];
    for (const { row, stamp, job } of looks) {
      const decision = decisions.get(job.uid);
      if (decision && row.stamp === stamp) {
        fired.push(applyDecision(this.data, row, job, decision, request.nodeId, now));
      }
    }
    return {
      now,
      fired,
      full: rows.length >= request.limit,
      nextDueAt: this.data.jobs.nextDueAt(request),
      nextReadyAt: this.data.runs.nextReadyAt(request),
    };
  }

  async take(request: WorkRequest): Promise<TakeReply> {
    this.data.nodes.requireAlive(request.nodeId);
    const now = this.data.now();
    const runs = this.data.runs
      .pullReady(request, now + request.lead)
      .map((row) =>
        this.data.runs.claim(
          row,
          request.nodeId,
          (row.startAt ?? now) <= now ? 'running' : 'queued',
          now,
        ),
      );
    return { now, runs };
  }

  async disown(nodeId: string, held: readonly RunFence[]): Promise<void> {
    disownRuns(this.data, nodeId, held);
  }

  async start(nodeId: string, fences: readonly RunFence[]): Promise<StartReply> {
    this.data.nodes.requireAlive(nodeId);
    const now = this.data.now();
    const started = fences.map((fence) => {
      const row = this.data.runs.find(fence, this.data.jobs.byUid);
      if (!this.data.runs.isHeld(row, nodeId, fence)) {
        return false;
      }
      if (row.state === 'queued') {
        this.data.runs.begin(row, now);
      }
      return true;
    });
    return { now, started };
  }

  async release(nodeId: string, fences: readonly RunFence[]): Promise<void> {
    const now = this.data.now();
    for (const fence of fences) {
      const row = this.data.runs.find(fence, this.data.jobs.byUid);
      if (this.data.runs.isHeld(row, nodeId, fence)) {
        this.data.runs.giveBack(row, now);
        this.data.wake(row.startAt ?? now);
      }
    }
  }

  async finish(nodeId: string, outcomes: readonly RunOutcome[]): Promise<FinishReply> {
    return finishRuns(this.data, nodeId, outcomes);
  }

  async progress(
    nodeId: string,
    reports: readonly RunProgressReport[],
  ): Promise<readonly boolean[]> {
    return noteProgress(this.data, nodeId, reports);
  }

  async complete(): Promise<boolean> {
    throw noTransactions('Let the handler end: that is what is recorded.');
  }

  async addJobs(jobs: readonly NewJob[], options?: EditOptions): Promise<readonly JobRecord[]> {
    refuseManager(options);
    const seen = new Set<string>();
    for (const { id } of jobs) {
      const present = this.data.jobs.get(id)?.record;
      if (seen.has(id) || (present && !makesWay(present))) {
        throw new ConflictingJobIdError(id);
      }
      seen.add(id);
    }
    const now = this.data.now();
    return jobs.map((job) => {
      const present = this.data.jobs.get(job.id);
      if (present) {
        // What still waits of it goes on, as its history does.
        this.data.jobs.remove(present);
        this.data.jobs.dropIfSpent(present);
      }
      const { record } = this.data.jobs.add(job, now);
      this.data.wakeFor(record);
      return record;
    });
  }

  async editJob(id: string, edit: Edit, options?: EditOptions): Promise<JobRecord | null> {
    refuseManager(options);
    for (;;) {
      const row = this.data.jobs.get(id);
      if (!row) {
        return null;
      }
      const { stamp } = row;
      const now = this.data.now();
      checkVersion(row.record, options);
      const change = edit(rewound(row, now), now);
      if (this.mode === 'compare-and-set') {
        await othersTurn();
      }
      if (row.stamp === stamp) {
        return change === null ? row.record : applyEdit(this.data, row, change, now);
      }
    }
  }

  async removeJob(
    id: string,
    guard: (job: JobRecord) => void,
    options?: EditOptions,
  ): Promise<JobRecord | null> {
    refuseManager(options);
    const row = this.data.jobs.get(id);
    if (!row) {
      return null;
    }
    checkVersion(row.record, options);
    guard(row.record);
    this.data.removeJob(row, this.data.now());
    return row.record;
  }

  async listJobs(filter: JobFilter, page: Page<string>): Promise<readonly JobRecord[]> {
    return this.data.jobs.list(filter, page);
  }

  async addRun(
    jobId: string,
    plan: (job: JobRecord & JobLoad, now: number) => PlannedRun,
    options?: EditOptions,
  ): Promise<RunRecord | null> {
    refuseManager(options);
    const job = this.data.jobs.get(jobId);
    if (!job) {
      return null;
    }
    const now = this.data.now();
    const planned = plan({ ...job.record, ...loadOf(job) }, now);
    return toRunRecord(addByHand(this.data, job, planned, now));
  }

  async getRuns(keys: readonly RunKey[]): Promise<readonly RunRecord[]> {
    const rows = new Set(keys.map((key) => this.data.runs.find(key, this.data.jobs.byUid)));
    return [...rows].flatMap((row) => (row ? toRunRecord(row) : []));
  }

  async listRuns(filter: RunFilter, page: Page<RunKey>): Promise<readonly RunRecord[]> {
    return listRuns(this.data.jobs.byUid.values(), filter, page);
  }

  async announce(notices: readonly string[]): Promise<void> {
    this.data.announce(notices);
  }
}

/** Lets every operation that is pending go on first. */
function othersTurn(): Promise<void> {
  return Promise.resolve();
}
