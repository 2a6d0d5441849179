import type { RunKey } from '../../core/run.js';

const RUN_ID = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9]+)\.(-?[0-9a-z]+)\.([0-9a-z]+)$/;

/**
 * The public id of a run. It holds the store, the job, the instant and the sequence, so that a look-up goes straight
 * to the one partition and row.
 */
export function encodeRunId(store: string, key: RunKey): string {
  return `${store}.${key.jobUid}.${key.scheduledAt.toString(36)}.${key.seq.toString(36)}`;
}

/** Reads an id back. `null` for what never was one. */
export function decodeRunId(id: string): { readonly store: string; readonly key: RunKey } | null {
  const [, store, jobUid, scheduledAt, seq] = RUN_ID.exec(id) ?? [];
  const key = {
    jobUid: jobUid ?? '',
    scheduledAt: parseInt(scheduledAt ?? '', 36),
    seq: parseInt(seq ?? '', 36),
  };
  return store && isInstant(key.scheduledAt) && isSequence(key.seq) ? { store, key } : null;
}

/** A day before the year 1 and a day after 9999: what triggers give lies within, whatever their zone. */
const EARLIEST = Date.parse('0000-12-31T00:00:00Z');
const LATEST = Date.parse('+010000-01-02T00:00:00Z');

/** Whether a run can be scheduled at `value`. Databases answer with errors to dates that they do not have. */
export function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= EARLIEST && Number(value) <= LATEST;
}

/** Far more than anybody asks for in one millisecond, and what fits into the narrowest integer of a database. */
const LARGEST_SEQUENCE = 2 ** 31 - 1;

export function isSequence(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_SEQUENCE;
}
