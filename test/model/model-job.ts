import type { JobDefinition } from '../../lib/engine/definition/job-definition.js';
import { at, interval } from '../../lib/triggers/index.js';

/** How a job of the model looks. */
export interface JobShape {
  readonly every: number | null;
  readonly delay: number;
  readonly duration: number;
  readonly maxInstances: number;
  readonly overlap: 'skip' | 'queue';
  readonly coalesce: 'latest' | 'earliest' | 'all';
}

/** What the world knows of a job that it added. */
export interface ModelJob {
  readonly id: string;
  readonly addedAt: number;
  readonly firstAt: number;
  /** Distance of its instants, `null` for a one-shot. */
  readonly every: number | null;
  readonly maxInstances: number;
  /** Has instants without end. */
  recurs: boolean;
  /** Nobody edited it: its instants are all known. */
  untouched: boolean;
  removedAt: number | null;
  /** While it is paused: since when. */
  pausedAt: number | null;
}

export function newJob(
  id: string,
  { every, delay, maxInstances }: JobShape,
  now: number,
): ModelJob {
  return {
    id,
    addedAt: now,
    firstAt: now + delay,
    every,
    recurs: every !== null,
    maxInstances,
    untouched: true,
    removedAt: null,
    pausedAt: null,
  };
}

export function toDefinition(job: ModelJob, shape: JobShape): JobDefinition {
  const { duration, maxInstances, overlap, coalesce } = shape;
  const first = new Date(job.firstAt);
  return {
    id: job.id,
    handler: 'work',
    args: [duration],
    maxInstances,
    overlap,
    coalesce,
    trigger:
      job.every === null ? at(first) : interval(job.every, { startDate: first.toISOString() }),
  };
}

/** The first instant of the job as it was added that lies at least so far ahead. */
export function nextInstant({ firstAt, every }: ModelJob, atLeast: number): number | null {
  if (firstAt >= atLeast) {
    return firstAt;
  }
  return every === null ? null : firstAt + Math.ceil((atLeast - firstAt) / every) * every;
}
