import { InvalidJobError } from '../../core/errors/invalid-job.error.js';
import type { EditOptions } from '../../core/job-store.js';

/** Says that there is nothing to take part in. */
export function noTransactions(cure: string): InvalidJobError {
  return new InvalidJobError(
    'manager',
    'a transaction',
    `A memory store has no transactions. ${cure}`,
  );
}

export function refuseManager(options?: EditOptions): void {
  if (options?.manager !== undefined) {
    throw noTransactions('Leave it out, or keep the job in a database store.');
  }
}
