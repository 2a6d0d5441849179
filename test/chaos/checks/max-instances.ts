import type { BookedJob } from '../job-book.js';
import type { Evidence } from '../ledger/evidence.js';
import type { Span } from '../span.js';
import { claimOf, claimsOf } from './claims.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** Never more runs at once than the job allows: by the handlers, as long as they hold their runs, and by the records. */
export function maxInstances(evidence: Evidence): Breach[] {
  const handled = handledSpans(evidence);
  return [...evidence.book.recurring.values()]
    .filter((job) => !job.isRunByHand)
    .flatMap((job) => [
      ...exceeded(job, handled.get(job.id) ?? [], 'handlers'),
      ...exceeded(job, recordedSpans(evidence, job), 'running runs'),
    ]);
}

function handledSpans(evidence: Evidence): ReadonlyMap<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { jobId, runId, attempt, startedAt, finishedAt } of evidence.attempts) {
    const claim = claimOf(evidence, runId, attempt, startedAt);
    const until = Math.min(finishedAt ?? Infinity, claim?.until ?? Infinity);
    if (until > startedAt) {
      const ofJob = spans.get(jobId) ?? [];
      ofJob.push({ from: startedAt, until });
      spans.set(jobId, ofJob);
    }
  }
  return spans;
}

function recordedSpans(evidence: Evidence, { id }: BookedJob): Span[] {
  return (evidence.runsByJob.get(id) ?? []).flatMap((run) => claimsOf(evidence, run.runId));
}

function exceeded(
  { id, maxInstances: most }: BookedJob,
  spans: readonly Span[],
  what: string,
): Breach[] {
  const breaches: Breach[] = [];
  let live: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    live = [...live.filter(({ until }) => until > span.from), span];
    if (live.length > most) {
      breaches.push(`${id}: ${live.length} ${what} at ${time(span.from)}, ${most} allowed`);
    }
  }
  return breaches;
}
