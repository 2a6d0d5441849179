import type { Page, RunFilter } from '../../core/job-store.js';
import type { RunKey, RunRecord } from '../../core/run.js';
import type { JobRow, RunRow } from './rows.js';
import { byInstant } from './run-ledger.js';

/** Runs that match, newest instant first. */
export function listRuns(
  jobs: Iterable<JobRow>,
  filter: RunFilter,
  { after, limit }: Page<RunKey>,
): RunRecord[] {
  const found: RunRow[] = [];
  for (const job of jobs) {
    if (filter.jobId === undefined || filter.jobId === job.record.id) {
      found.push(...[...job.runs.values()].filter((run) => matches(run, filter)));
    }
  }
  const ordered = found.toSorted((a, b) => byInstant(b, a));
  const follows = after ? ordered.filter((run) => isOlder(run, after)) : ordered;
  return follows.slice(0, limit).map(toRunRecord);
}

export function toRunRecord({
  job: _job,
  claim: _claim,
  behind: _behind,
  ...run
}: RunRow): RunRecord {
  return run;
}

function matches(run: RunRow, { state, from, to }: RunFilter): boolean {
  return (
    (!state || state.includes(run.state)) &&
    (from === undefined || run.scheduledAt >= from) &&
    (to === undefined || run.scheduledAt < to)
  );
}

function isOlder(run: RunRow, key: RunKey): boolean {
  return (
    (run.scheduledAt - key.scheduledAt ||
      Number(run.jobUid) - Number(key.jobUid) ||
      run.seq - key.seq) < 0
  );
}
