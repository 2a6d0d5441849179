import type { BookedJob } from '../job-book.js';
import type { Evidence } from '../ledger/evidence.js';
import type { RunRow } from '../ledger/rows.js';
import type { Claim } from './claims.js';
import { claimsOf } from './claims.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/**
 * Once a pause or a removal is confirmed, no run of the job becomes running. Of paused jobs, those that had begun may
 * begin again after their node died.
 */
export function startedAfterEdit(evidence: Evidence): Breach[] {
  return [...evidence.book.recurring.values()].flatMap((job) => {
    if (job.pauses.length === 0 && job.removedAt === null) {
      return [];
    }
    const runs = evidence.runsByJob.get(job.id) ?? [];
    return runs
      .filter((run) => run.seq === 0)
      .flatMap((run) => claimsOf(evidence, run.runId).flatMap((claim) => judge(job, run, claim)));
  });
}

function judge({ id, pauses, removedAt }: BookedJob, run: RunRow, claim: Claim): Breach[] {
  const what = `${id} of ${time(run.scheduledAt)} was started at ${time(claim.from)}`;
  if (removedAt !== null && claim.from > removedAt) {
    return [`${what}, removed at ${time(removedAt)}`];
  }
  const pause = pauses.find(({ from, until }) => claim.from > from && claim.from < until);
  return pause && claim.attempt === 1 ? [`${what}, paused at ${time(pause.from)}`] : [];
}
