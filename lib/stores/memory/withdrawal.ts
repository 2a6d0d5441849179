import type { JobRecord } from '../../core/job.js';
import type { JobRow, RunRow } from './rows.js';
import { byInstant } from './run-ledger.js';

/** Planned runs of a job that have not begun and whose instant lies ahead: an edit takes them back. */
export function withdrawable(job: JobRow, now: number): RunRow[] {
  return notBegun(job)
    .filter((run) => run.scheduledAt > now)
    .toSorted(byInstant);
}

/** Planned runs of a job that have not begun though their instant has come: an edit keeps them, unclaimed. */
export function pending(job: JobRow, now: number): RunRow[] {
  return notBegun(job).filter((run) => run.scheduledAt <= now);
}

/** The job as it stood before its runs that lie ahead were fired. */
export function rewound(job: JobRow, now: number): JobRecord {
  const runs = withdrawable(job, now);
  const [earliest] = runs;
  if (!earliest) {
    return job.record;
  }
  return {
    ...job.record,
    state: job.record.state === 'finished' ? 'active' : job.record.state,
    nextFireAt: earliest.scheduledAt,
    lastFireAt: newestBefore(job, earliest.scheduledAt),
    fireCount: job.record.fireCount - runs.length,
  };
}

function notBegun(job: JobRow): RunRow[] {
  return [...job.live].filter(
    (run) => run.seq === 0 && run.state === 'queued' && run.attempt === 0,
  );
}

function newestBefore(job: JobRow, instant: number): number | null {
  let newest: number | null = null;
  for (const { seq, scheduledAt, until } of job.runs.values()) {
    if (seq === 0 && scheduledAt < instant) {
      newest = Math.max(newest ?? scheduledAt, until ?? scheduledAt);
    }
  }
  return newest;
}
