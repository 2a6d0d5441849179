import type { DueJob, FireDecision, NodeSkills, WorkRequest } from '../../core/fire.js';
import type { JobFilter, Page } from '../../core/job-store.js';
import type { JobRecord, NewJob } from '../../core/job.js';
import { Lanes } from './lanes.js';
import type { JobRow } from './rows.js';
import { loadOf } from './run-ledger.js';

/** All jobs, those that are due by lane and time. */
export class JobTable {
  /** Removed jobs stay until their history is gone. */
  readonly byUid = new Map<string, JobRow>();
  private readonly byId = new Map<string, JobRow>();
  private readonly due = new Lanes<JobRow>();
  private lastUid = 0;

  get(id: string): JobRow | undefined {
    return this.byId.get(id);
  }

  add(job: NewJob, now: number): JobRow {
    this.lastUid += 1;
    const uid = String(this.lastUid);
    const record = { ...job, uid, version: 1, createdAt: now, updatedAt: now };
    const row: JobRow = {
      record,
      openSkipAt: null,
      removed: false,
      stamp: 0,
      runs: new Map(),
      live: new Set(),
    };
    this.byUid.set(uid, row);
    this.byId.set(job.id, row);
    this.file(row);
    return row;
  }

  replace(row: JobRow, record: JobRecord): void {
    row.record = record;
    row.stamp += 1;
    this.file(row);
  }

  /** Takes a job out of sight; its records stay. */
  remove(row: JobRow): void {
    row.removed = true;
    row.stamp += 1;
    this.byId.delete(row.record.id);
    this.due.file(row, row.record, null);
  }

  /** Drops a job that nobody can miss: none of its records is left, and it is removed, or finished and not declared. */
  dropIfSpent(row: JobRow): void {
    const { uid, id, state, origin } = row.record;
    if (row.runs.size === 0 && (row.removed || (state === 'finished' && origin === 'api'))) {
      this.byUid.delete(uid);
      if (!row.removed) {
        this.byId.delete(id);
      }
    }
  }

  /** Moves a job on, as a fire decided. */
  advance(row: JobRow, decision: FireDecision): void {
    row.openSkipAt = decision.openSkipAt;
    this.replace(row, advanced(row.record, decision));
  }

  pullDue(request: WorkRequest, until: number): JobRow[] {
    return this.due.pull(request, until);
  }

  /** Puts a job back where it belongs by its next instant. */
  file(row: JobRow): void {
    this.due.file(row, row.record, row.removed ? null : row.record.nextFireAt);
  }

  nextDueAt(node: NodeSkills): number | null {
    return this.due.nextAt(node);
  }

  list(filter: JobFilter, page: Page<string>): JobRecord[] {
    const rows = filter.ids
      ? filter.ids.flatMap((id) => this.byId.get(id) ?? [])
      : [...this.byId.values()];
    return rows
      .map((row) => row.record)
      .filter((job) => matches(job, filter) && (page.after === null || job.id > page.after))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, page.limit);
  }
}

/*
 * Field by field: both are made at each fire, and spreading costs ten times as much.
 */

function advanced(job: JobRecord, decision: FireDecision): JobRecord {
  return {
    uid: job.uid,
    id: job.id,
    name: job.name,
    handler: job.handler,
    executor: job.executor,
    args: job.args,
    trigger: job.trigger,
    priority: job.priority,
    tags: job.tags,
    metadata: job.metadata,
    coalesce: job.coalesce,
    overlap: job.overlap,
    maxInstances: job.maxInstances,
    misfireGraceTime: job.misfireGraceTime,
    maxCatchUp: job.maxCatchUp,
    recovery: job.recovery,
    origin: job.origin,
    fingerprint: job.fingerprint,
    state: decision.nextFireAt === null ? 'finished' : 'active',
    error: job.error,
    nextFireAt: decision.nextFireAt,
    lastFireAt: decision.lastFireAt,
    fireCount: decision.fireCount,
    version: job.version,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
  };
}

/** A job as a plan sees it. */
export function toDueJob(row: JobRow): DueJob {
  const { record: job } = row;
  const { liveRuns, waitingRuns } = loadOf(row);
  return {
    uid: job.uid,
    id: job.id,
    version: job.version,
    handler: job.handler,
    executor: job.executor,
    trigger: job.trigger,
    origin: job.origin,
    createdAt: job.createdAt,
    lastFireAt: job.lastFireAt,
    fireCount: job.fireCount,
    nextFireAt: job.nextFireAt ?? 0,
    openSkipAt: row.openSkipAt,
    liveRuns,
    waitingRuns,
    coalesce: job.coalesce,
    overlap: job.overlap,
    maxInstances: job.maxInstances,
    misfireGraceTime: job.misfireGraceTime,
    maxCatchUp: job.maxCatchUp,
    recovery: job.recovery,
  };
}

function matches(job: JobRecord, filter: JobFilter): boolean {
  return (
    (!filter.state || filter.state.includes(job.state)) &&
    (filter.handler === undefined || filter.handler === job.handler) &&
    (filter.origin === undefined || filter.origin === job.origin) &&
    (filter.tags ?? []).every((tag) => job.tags.includes(tag))
  );
}
