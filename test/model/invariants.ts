import type { Run } from '../../lib/engine/view/run.js';
import { nextInstant } from './model-job.js';
import type { World } from './world.js';

/** What must hold when everything has come to rest. Gives what does not. */
export async function breachesOf(world: World): Promise<readonly string[]> {
  const runs = await world.runs();
  return [
    ...world.breaches,
    ...world.book.breachesOfFencing(),
    ...stuck(runs),
    ...recordedTwice(world),
    ...takenFromTheLiving(world),
    ...unrecorded(world, runs),
    ...uncovered(world, runs),
    ...lost(world, runs),
  ];
}

function stuck(runs: readonly Run[]): string[] {
  return runs
    .filter(({ state }) => state === 'queued' || state === 'running')
    .map((run) => `${brief(run)} is ${run.state} for ever`);
}

/** Nobody is told of two outcomes of a run. */
function recordedTwice(world: World): string[] {
  const seen = new Set<string>();
  const breaches: string[] = [];
  for (const { test } of world.nodes) {
    for (const { runId } of test.ofType('job.executed', 'job.error')) {
      if (seen.has(runId)) {
        breaches.push(`${runId} is said to have two outcomes`);
      }
      seen.add(runId);
    }
  }
  return breaches;
}

/** Nobody takes over what a node does that was there all the time. */
function takenFromTheLiving(world: World): string[] {
  const taken = world.nodes.flatMap(({ test }) => test.ofType('job.abandoned'));
  return world.nodes
    .filter(({ wasAway }) => !wasAway)
    .flatMap(({ test }) => {
      const ids = new Set(test.ofType('job.submitted').map(({ nodeId }) => nodeId));
      return taken.filter(({ nodeId, reason }) => ids.has(nodeId) && reason !== 'shutdown');
    })
    .map(({ runId, reason }) => `${runId} was taken from a node that lives (${reason})`);
}

/** A handler was called for a run that is on record, and one that ran to its end is recorded as such. */
function unrecorded(world: World, runs: readonly Run[]): string[] {
  const known = new Map(runs.map((run) => [run.id, run]));
  return world.calls
    .filter(({ runId }) => !known.has(runId))
    .map(({ runId }) => `${runId} was run and is not on record`);
}

/**
 * Rules 1 and 2: the records of a job that nobody edited cover each of its instants once, from the first on that it could
 * have, without a gap, to the last that had come when all nodes were well again.
 */
function uncovered(world: World, runs: readonly Run[]): string[] {
  const breaches: string[] = [];
  for (const job of world.jobs.filter(({ untouched }) => untouched)) {
    const { every } = job;
    const first = nextInstant(job, job.addedAt);
    if (every === null || first === null) {
      continue;
    }
    const records = runs
      .filter((run) => run.jobId === job.id && run.origin === 'schedule')
      .toSorted((a, b) => a.scheduledAt.getTime() - b.scheduledAt.getTime());
    // A node whose machine has just slept takes the time to be earlier than it is, and so plans from earlier on.
    let expected = Math.min(first, records[0]?.scheduledAt.getTime() ?? first);
    for (const run of records) {
      if (run.scheduledAt.getTime() !== expected) {
        breaches.push(`${brief(run)}: the instant ${expected} before it has no record, or two`);
        break;
      }
      if (run.until.getTime() !== expected + (run.count - 1) * every) {
        breaches.push(`${brief(run)} does not cover ${run.count} instants`);
      }
      expected = run.until.getTime() + every;
    }
    if (expected < (job.removedAt === null ? (world.restsSince ?? 0) : 0)) {
      breaches.push(`${job.id}: the instant ${expected} and those after it have no record`);
    }
  }
  return breaches;
}

/** A one-shot that nobody edited has run, however many nodes died meanwhile. */
function lost(world: World, runs: readonly Run[]): string[] {
  return world.jobs
    .filter((job) => job.every === null && job.untouched && job.removedAt === null)
    .filter((job) => !runs.some((run) => run.jobId === job.id))
    .map((job) => `${job.id} never ran`);
}

function brief(run: Run): string {
  return `${run.jobId}@${run.scheduledAt.getTime()} (${run.state}, ${run.reason})`;
}
