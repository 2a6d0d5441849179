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
    const { nextFireAt, lastFireAt, fireCount, openSkipAt } = decision;
    const state = nextFireAt === null ? 'finished' : 'active';
    row.openSkipAt = openSkipAt;
    this.replace(row, { ...row.record, state, nextFireAt, lastFireAt, fireCount });
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

/** A job as a plan sees it. */
export function toDueJob(row: JobRow): DueJob {
  const { nextFireAt } = row.record;
  return { ...row.record, ...loadOf(row), nextFireAt: nextFireAt ?? 0, openSkipAt: row.openSkipAt };
}

function matches(job: JobRecord, filter: JobFilter): boolean {
  return (
    (!filter.state || filter.state.includes(job.state)) &&
    (filter.handler === undefined || filter.handler === job.handler) &&
    (filter.origin === undefined || filter.origin === job.origin) &&
    (filter.tags ?? []).every((tag) => job.tags.includes(tag))
  );
}
