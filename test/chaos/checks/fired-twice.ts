import type { Evidence } from '../ledger/evidence.js';
import type { RunRow } from '../ledger/rows.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** No instant of a job has two runs, by what handlers wrote and by the records. */
export function firedTwice(evidence: Evidence): Breach[] {
  return [...handledTwice(evidence), ...recordedTwice(evidence), ...begunTwice(evidence)];
}

function handledTwice({ attempts }: Evidence): Breach[] {
  const runs = new Map<string, string>();
  const breaches: Breach[] = [];
  for (const { jobId, runId, scheduledAt } of attempts.filter(isPlanned)) {
    const instant = `${jobId} at ${time(scheduledAt)}`;
    const known = runs.get(instant);
    if (known !== undefined && known !== runId) {
      breaches.push(`${instant} was executed as ${known} and as ${runId}`);
    }
    runs.set(instant, runId);
  }
  return breaches;
}

function recordedTwice({ runsByJob }: Evidence): Breach[] {
  const breaches: Breach[] = [];
  for (const [jobId, runs] of runsByJob) {
    const planned = runs
      .filter((run) => run.seq === 0)
      .sort((a, b) => a.scheduledAt - b.scheduledAt);
    let before: RunRow | undefined;
    for (const run of planned) {
      if (before && run.scheduledAt <= (before.until ?? before.scheduledAt)) {
        breaches.push(
          `${jobId} at ${time(run.scheduledAt)} is ${run.state}, and in the record of ` +
            `${time(before.scheduledAt)} to ${time(before.until ?? before.scheduledAt)}, ${before.state}`,
        );
      }
      before = run;
    }
  }
  return breaches;
}

function begunTwice({ attempts }: Evidence): Breach[] {
  const seen = new Map<string, string>();
  const breaches: Breach[] = [];
  for (const { jobId, runId, attempt, label, startedAt } of attempts) {
    const key = `${runId} attempt ${attempt}`;
    const known = seen.get(key);
    if (known !== undefined) {
      breaches.push(
        `${jobId}, ${key}, was begun by node ${known} and again by ${label} at ${time(startedAt)}`,
      );
    }
    seen.set(key, label);
  }
  return breaches;
}

/** Runs by hand have ids that end in their number, planned ones in 0. */
function isPlanned({ runId }: { runId: string }): boolean {
  return runId.endsWith('.0');
}
