import { VersionConflictError } from '../../../core/errors/version-conflict.error.js';
import type { EditOptions } from '../../../core/job-store.js';
import type { JobRecord } from '../../../core/job.js';
import { CallerTransactions } from '../connection/caller-transaction.js';
import type { Database } from '../connection/database.js';
import type { Session } from '../connection/session.js';
import { lockJob } from '../statements/lock-job.js';
import type { LockedJob } from '../statements/lock-job.js';
import { markAwaited } from '../statements/mark-awaited.js';
import { readTakenIds } from '../statements/read-taken-ids.js';
import { LaneDirectory } from './lane-directory.js';

/** What operations on jobs have in common: where their transaction is, the lanes, and the lock that comes first. */
export class JobWrites {
  readonly lanes: LaneDirectory;
  private readonly callers: CallerTransactions;

  constructor(private readonly database: Database) {
    this.lanes = new LaneDirectory(database);
    this.callers = new CallerTransactions(database);
  }

  /** Runs `work` in the caller's transaction, or else in one of its own. What it throws undoes it. */
  async write<T>(
    options: EditOptions | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    return options?.manager === undefined
      ? this.database.transaction(work)
      : this.callers.run(options.manager, work);
  }

  /**
   * Marks the live runs of a locked job. Within a caller's transaction it is done apart from it: running ones must not
   * stay locked until the application commits. The job does, so that nobody looks at what waits before that.
   */
  async markAwaited(
    session: Session,
    options: EditOptions | undefined,
    uid: string,
  ): Promise<void> {
    await (options?.manager === undefined
      ? markAwaited(session, [uid])
      : this.database.session((own) => markAwaited(own, [uid])));
  }
}

/** Locks the job of this id, or gives `null` when there is none. */
export async function findAndLock(session: Session, id: string): Promise<LockedJob | null> {
  for (;;) {
    const locked = await lockJob(session, id);
    if (locked) {
      return locked;
    }
    // One that was replaced while it was waited for shows only in a look of its own.
    if (!(await readTakenIds(session, [id])).has(id)) {
      return null;
    }
  }
}

/** @throws VersionConflictError */
export function checkVersion(job: JobRecord, options: EditOptions | undefined): void {
  if (options?.ifVersion !== undefined && options.ifVersion !== job.version) {
    throw new VersionConflictError(job.id, options.ifVersion, job.version);
  }
}
