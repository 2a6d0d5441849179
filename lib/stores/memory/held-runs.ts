import type { FinishReply, RunFence, RunOutcome, RunProgressReport } from '../../core/job-store.js';
import type { MemoryData } from './memory-data.js';
import type { RunRow } from './rows.js';

/** Records outcomes where the fence holds, and frees the runs that waited behind. */
export function finishRuns(
  data: MemoryData,
  nodeId: string,
  outcomes: readonly RunOutcome[],
): FinishReply {
  const now = data.now();
  let nextReadyAt: number | null = null;
  const recorded = outcomes.map((outcome) => {
    const row = data.runs.find(outcome, data.jobs.byUid);
    if (!data.runs.isHeld(row, nodeId, outcome)) {
      return isOutcomeOf(row, nodeId, outcome);
    }
    const { state, startedAt, finishedAt, result, error, reason } = outcome;
    row.startedAt = startedAt;
    data.runs.end(row, { state, at: finishedAt, result, error, reason });
    const freed = data.runs.promote(row.job, now);
    nextReadyAt = freed === null ? nextReadyAt : Math.min(nextReadyAt ?? freed, freed);
    return true;
  });
  if (nextReadyAt !== null) {
    data.wake(nextReadyAt);
  }
  return { now, recorded, nextReadyAt };
}

/** Notes how far running runs have come, where the fence holds. */
export function noteProgress(
  data: MemoryData,
  nodeId: string,
  reports: readonly RunProgressReport[],
): boolean[] {
  return reports.map((report) => {
    const row = data.runs.find(report, data.jobs.byUid);
    const isTheirs = data.runs.isHeld(row, nodeId, report) && row.state === 'running';
    if (isTheirs) {
      row.progress = report.progress;
    }
    return isTheirs;
  });
}

/** Gives back what a node holds without knowing of it. */
export function disownRuns(data: MemoryData, nodeId: string, held: readonly RunFence[]): void {
  const known = new Set(held.map(({ claim }) => claim));
  const now = data.now();
  for (const job of data.jobs.byUid.values()) {
    for (const run of [...job.live]) {
      if (run.nodeId === nodeId && !known.has(run.claim)) {
        data.runs.giveBack(run, now);
      }
    }
  }
  data.wake(now);
}

/** Whether the run ended by this very outcome. */
function isOutcomeOf(row: RunRow | null, nodeId: string, outcome: RunOutcome): boolean {
  return (
    row?.nodeId === nodeId &&
    row.claim === outcome.claim &&
    row.state === outcome.state &&
    row.finishedAt === outcome.finishedAt
  );
}
