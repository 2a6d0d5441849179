import type { RunFence } from '../../../core/job-store.js';
import type { RunKey } from '../../../core/run.js';
import { numbers } from '../connection/array-literal.js';

/** Whether this store can have given a job such a uid: short of the end of a `bigint`. */
export function isUid(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

/** Keys as arrays of their parts, as statements take them: uids, instants, numbers within the instant. */
export function keyArrays(keys: readonly RunKey[]): [string, string, string] {
  return [
    numbers(keys.map((key) => key.jobUid)),
    numbers(keys.map((key) => key.scheduledAt)),
    numbers(keys.map((key) => key.seq)),
  ];
}

/** Fences likewise, their claims last. */
export function fenceArrays(fences: readonly RunFence[]): [string, string, string, string] {
  return [...keyArrays(fences), numbers(fences.map((fence) => fence.claim))];
}

/** Rows are locked in this order everywhere, so that no two batches wait for each other. */
export function byKey(a: RunKey, b: RunKey): number {
  return (
    a.jobUid.length - b.jobUid.length ||
    (a.jobUid < b.jobUid ? -1 : a.jobUid > b.jobUid ? 1 : 0) ||
    a.scheduledAt - b.scheduledAt ||
    a.seq - b.seq
  );
}
