import type { Evidence } from '../ledger/evidence.js';
import type { AttemptRow, ChangeRow, RunRow } from '../ledger/rows.js';
import type { Breach } from './check.js';
import { time } from './check.js';

const LIVE = new Set(['queued', 'running']);
const OUTCOMES = new Set(['succeeded', 'failed']);

/** An outcome is recorded once, by the attempt that holds the run, and stays. */
export function recordedTwice(evidence: Evidence): Breach[] {
  const ended = new Map(
    evidence.attempts.map((attempt) => [`${attempt.runId} ${attempt.attempt}`, attempt]),
  );
  return [
    ...evidence.toldTwice.map((runId) => `${runId}: more than one outcome was told`),
    ...[...evidence.changesByRun.values()].flat().flatMap(improper),
    ...evidence.runs
      .filter(({ handler }) => handler !== 'effect')
      .flatMap((run) => foreign(run, ended)),
  ];
}

function improper({ runId, oldState, newState, at, seq, uid }: ChangeRow): Breach[] {
  const what = `${runId} (job ${uid}, ${seq}) went from ${oldState} to ${newState} at ${time(at)}`;
  if (oldState !== null && !LIVE.has(oldState)) {
    return [`${what}, though it was final`];
  }
  if (newState !== null && OUTCOMES.has(newState) && oldState !== 'running') {
    return [`${what}, though it was not running`];
  }
  if (newState === null && oldState === 'running') {
    return [`${what}: a running run was deleted`];
  }
  return [];
}

/** The record is of another attempt than the one that holds the run, or of one that has not ended. */
function foreign(run: RunRow, ended: ReadonlyMap<string, AttemptRow>): Breach[] {
  const { runId, jobId, state, attempt, resultOf, error } = run;
  const what = `${jobId} ${runId}, attempt ${attempt}`;
  const named =
    state === 'succeeded' ? resultOf : (/^attempt (\d+) failed/.exec(error ?? '')?.[1] ?? null);
  if (named !== null && Number(named) !== attempt) {
    return [`${what} has the outcome of attempt ${named}`];
  }
  if (state === 'succeeded' && ended.get(`${runId} ${attempt}`)?.how !== 'done') {
    return [`${what} succeeded, and its handler did not`];
  }
  return [];
}
