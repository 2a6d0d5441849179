import { VersionConflictError } from '../../core/errors/version-conflict.error.js';
import type { EditOptions } from '../../core/job-store.js';
import type { JobRecord } from '../../core/job.js';

/** Whether a job gives its id up to another. */
export function makesWay(job: JobRecord): boolean {
  return job.state === 'finished' && job.origin === 'api';
}

/** @throws VersionConflictError */
export function checkVersion(job: JobRecord, options?: EditOptions): void {
  if (options?.ifVersion !== undefined && options.ifVersion !== job.version) {
    throw new VersionConflictError(job.id, options.ifVersion, job.version);
  }
}
