import { InvalidJobError } from '../../core/errors/invalid-job.error.js';
import { NodeLostError } from '../../core/errors/node-lost.error.js';
import type {
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
import { createDataSource } from './connection/data-source.factory.js';
import { Database } from './connection/database.js';
import { SqlNames } from './connection/sql-names.js';
import { addJobs } from './operations/add-jobs.js';
import { addRun } from './operations/add-run.js';
import { Completions } from './operations/completions.js';
import { DeferredWork } from './operations/deferred-work.js';
import { editJob } from './operations/edit-job.js';
import { finishClaimed } from './operations/finish-claimed.js';
import { JobFiring } from './operations/fire-jobs.js';
import { JobWrites } from './operations/job-writes.js';
import { giveBack } from './operations/give-back.js';
import { reapNodes } from './operations/reap-nodes.js';
import { removeJob } from './operations/remove-job.js';
import { startClaimed } from './operations/start-claimed.js';
import { takeRuns } from './operations/take-runs.js';
import { isUid } from './rows/run-keys.js';
import { migrate } from './schema/migrate.js';
import { addNode } from './statements/add-node.js';
import { endLease } from './statements/end-lease.js';
import { findDisownedRuns } from './statements/find-disowned-runs.js';
import { listJobs } from './statements/list-jobs.js';
import { listRuns } from './statements/list-runs.js';
import { noteProgress } from './statements/note-progress.js';
import { readRuns } from './statements/read-runs.js';
import { renewLease } from './statements/renew-lease.js';
import { sendPayloads } from './statements/send-payloads.js';
import type { StoreSettings } from './typeorm-store.options.js';
import { packed } from './notifications/packed-notices.js';
import { WakeListener } from './wake-listener.js';

/** What there is while the store is open. */
interface OpenStore {
  readonly database: Database;
  readonly listener: WakeListener;
  readonly deferred: DeferredWork;
  readonly firing: JobFiring;
  readonly writes: JobWrites;
  readonly completions: Completions;
}

/** Jobs and runs in Postgres. */
export class PostgresJobStore extends JobStore {
  readonly kind = 'postgres';
  private opened: OpenStore | undefined;

  /** @param now SQL expression that stands in for the server's clock, in tests */
  constructor(
    private readonly settings: StoreSettings,
    private readonly now?: string,
  ) {
    super();
  }

  async open(context: StoreContext): Promise<void> {
    const { schema } = this.settings;
    // An idle connection that breaks matters to nobody: the next statement gets another.
    const dataSource = createDataSource(this.settings, () => undefined);
    try {
      await dataSource.initialize();
      await migrate(dataSource, schema);
    } catch (error) {
      if (dataSource.isInitialized) {
        await dataSource.destroy();
      }
      throw error;
    }
    const sql = new SqlNames(schema, this.now);
    const database = new Database(dataSource, sql, (message) => context.warn(message));
    const listener = new WakeListener(database, context);
    const firing = new JobFiring(database, context.clock, (message) => context.warn(message));
    const deferred = new DeferredWork(database);
    const writes = new JobWrites(database);
    const completions = new Completions(database, writes);
    this.opened = { database, listener, deferred, firing, writes, completions };
    await listener.start();
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    await opened?.listener.stop();
    await opened?.database.close();
  }

  async join(advert: NodeAdvert, ttl: number): Promise<JoinReply> {
    const reply = await this.database.session((session) => addNode(session, advert, ttl));
    return required(reply, advert.nodeId);
  }

  async beat(node: NodeSkills, ttl: number): Promise<BeatReply> {
    const { database, deferred } = this.parts;
    const reply = await database.session((session) => renewLease(session, node, ttl));
    await deferred.resume();
    return required(reply, node.nodeId);
  }

  async leave(nodeId: string): Promise<void> {
    await this.database.session((session) => endLease(session, nodeId));
  }

  async reap(maxRecoveries: number): Promise<ReapReply> {
    return reapNodes(this.database, maxRecoveries);
  }

  async fire(request: WorkRequest, plan: Plan): Promise<FireReply> {
    return this.parts.firing.fire(request, plan);
  }

  async take(request: WorkRequest): Promise<TakeReply> {
    return takeRuns(this.database, request);
  }

  async disown(nodeId: string, held: readonly RunFence[]): Promise<void> {
    const claims = held.map(({ claim }) => claim);
    const unknown = await this.database.session((session) =>
      findDisownedRuns(session, nodeId, claims),
    );
    if (unknown.length > 0) {
      await this.release(nodeId, unknown);
    }
  }

  async start(nodeId: string, fences: readonly RunFence[]): Promise<StartReply> {
    const { database, deferred } = this.parts;
    return startClaimed(database, deferred, nodeId, fences);
  }

  async release(nodeId: string, fences: readonly RunFence[]): Promise<void> {
    const { database, deferred } = this.parts;
    const left = await database.transaction((session) => giveBack(session, nodeId, fences));
    deferred.giveBackLater(nodeId, left);
  }

  async finish(nodeId: string, outcomes: readonly RunOutcome[]): Promise<FinishReply> {
    const { database, deferred, completions } = this.parts;
    return finishClaimed(database, deferred, completions, nodeId, outcomes);
  }

  async progress(
    nodeId: string,
    reports: readonly RunProgressReport[],
  ): Promise<readonly boolean[]> {
    const noted = await this.database.session((session) => noteProgress(session, nodeId, reports));
    return reports.map((_, place) => noted.has(place));
  }

  async complete(nodeId: string, outcome: RunOutcome, manager: unknown): Promise<boolean> {
    return this.parts.completions.complete(nodeId, outcome, manager);
  }

  async addJobs(jobs: readonly NewJob[], options?: EditOptions): Promise<readonly JobRecord[]> {
    return addJobs(this.parts.writes, jobs, options);
  }

  async editJob(id: string, edit: Edit, options?: EditOptions): Promise<JobRecord | null> {
    return editJob(this.parts.writes, id, edit, options);
  }

  async removeJob(
    id: string,
    guard: (job: JobRecord) => void,
    options?: EditOptions,
  ): Promise<JobRecord | null> {
    return removeJob(this.parts.writes, id, guard, options);
  }

  async listJobs(filter: JobFilter, page: Page<string>): Promise<readonly JobRecord[]> {
    return this.database.session((session) => listJobs(session, filter, page));
  }

  async addRun(
    jobId: string,
    plan: (job: JobRecord & JobLoad, now: number) => PlannedRun,
    options?: EditOptions,
  ): Promise<RunRecord | null> {
    return addRun(this.parts.writes, jobId, plan, options);
  }

  async getRuns(keys: readonly RunKey[]): Promise<readonly RunRecord[]> {
    const known = keys.filter(({ jobUid }) => isUid(jobUid));
    return known.length === 0 ? [] : this.database.session((session) => readRuns(session, known));
  }

  async listRuns(filter: RunFilter, page: Page<RunKey>): Promise<readonly RunRecord[]> {
    const { after } = page;
    if (after && !isUid(after.jobUid)) {
      throw new InvalidJobError('cursor', after, 'Pass nextCursor of the page before, as it is.');
    }
    return this.database.session((session) => listRuns(session, filter, page));
  }

  async announce(notices: readonly string[]): Promise<void> {
    const { database } = this.parts;
    await database.session((session) =>
      sendPayloads(session, database.sql.noticeChannel, packed(notices)),
    );
  }

  private get parts(): OpenStore {
    if (!this.opened) {
      throw new Error('The store is not open.');
    }
    return this.opened;
  }

  private get database(): Database {
    return this.parts.database;
  }
}

function required<T>(reply: T | undefined, nodeId: string): T {
  if (reply === undefined) {
    throw new NodeLostError(nodeId);
  }
  return reply;
}
