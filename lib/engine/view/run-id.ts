import type { RunKey } from '../../core/run.js';
import { RunLookupError } from '../../core/errors/run-lookup.error.js';

const RUN_ID = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9]+)\.(-?[0-9a-z]+)\.([0-9a-z]+)$/;

/**
 * The public id of a run. It holds the store, the job, the instant and the sequence, so that a look-up goes straight
 * to the one partition and row.
 */
export function encodeRunId(store: string, key: RunKey): string {
  return `${store}.${key.jobUid}.${key.scheduledAt.toString(36)}.${key.seq.toString(36)}`;
}

/** Reads an id back. Throws `RunLookupError` for any other text. */
export function decodeRunId(id: string): { readonly store: string; readonly key: RunKey } {
  const [, store, jobUid, scheduledAt, seq] = RUN_ID.exec(id) ?? [];
  if (!store || !jobUid || !scheduledAt || !seq) {
    throw new RunLookupError(id);
  }
  return {
    store,
    key: { jobUid, scheduledAt: parseInt(scheduledAt, 36), seq: parseInt(seq, 36) },
  };
}
