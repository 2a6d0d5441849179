import type { DueJob, FireDecision, PlannedRun } from '../../core/fire.js';
import type { Trigger } from '../../core/trigger.js';
import { Instants } from './instants.js';
import { chooseOverdue } from './overdue.js';

/** What a plan may count on besides the job itself. */
export interface PlanContext {
  /** The store's time. */
  readonly now: number;
  /** Whether this node can take a further run of the job. */
  readonly hasRoom: boolean;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/**
 * Decides what becomes of a job that is due, or will be within the lead. Pure: the same question has the same answer.
 *
 * @returns `null` to leave the job as it is for now. An instant that lies ahead is claimed only if it will certainly
 * run; whatever else is to be said of it is said at the instant.
 */
export function planJob(job: DueJob, trigger: Trigger, context: PlanContext): FireDecision | null {
  const instants = new Instants(trigger);
  return job.nextFireAt > context.now
    ? planAhead(job, trigger, instants, context)
    : planDue(job, trigger, instants, context);
}

function planAhead(
  job: DueJob,
  trigger: Trigger,
  instants: Instants,
  context: PlanContext,
): FireDecision | null {
  if (!context.hasRoom || job.liveRuns + job.waitingRuns >= job.maxInstances) {
    return null;
  }
  const next = instants.next(job.nextFireAt);
  const run = startingRun(job.nextFireAt, next, trigger, context);
  return decide(job, trigger, [run], job.nextFireAt, next);
}

function planDue(
  job: DueJob,
  trigger: Trigger,
  instants: Instants,
  context: PlanContext,
): FireDecision | null {
  const { nextFireAt: first } = job;
  const { now } = context;
  if (isDeclaredLate(job) && isOnly(instants, first)) {
    return decide(job, trigger, [finalRun(first, 'missed', 'declared-late')], first, null);
  }
  // A trigger that was edited in between may know nothing of `first`: it still stands.
  const last = Math.max(first, instants.previous(now) ?? first);
  const next = instants.next(last);
  const { chosen, missed } = chooseOverdue(instants, job, first, last, now);

  const runs: PlannedRun[] = [...missed];
  const affordable = trigger.maxFires === null ? Infinity : trigger.maxFires - job.fireCount;
  let { liveRuns, waitingRuns } = job;
  let openSkip: number | null = null;
  for (const instant of chosen.slice(0, affordable)) {
    const chained = job.coalesce === 'all' && (chosen.length > 1 || waitingRuns > 0);
    const limit = chained ? 1 : job.maxInstances;
    if (liveRuns + waitingRuns < limit) {
      if (!context.hasRoom) {
        return null;
      }
      runs.push(startingRun(instant, next, trigger, context));
      liveRuns += 1;
    } else if (waits(job, instants, instant, next, chained, waitingRuns, chosen.length)) {
      runs.push(waitingRun(instant, limit));
      waitingRuns += 1;
    } else {
      const reason = job.overlap === 'queue' || chained ? 'queue-full' : 'max-instances';
      runs.push(finalRun(instant, 'skipped', reason));
      openSkip = instant;
    }
  }
  // Behind the skip others may have been missed: a record that went on from it would cover them again.
  return decide(job, trigger, runs, last, next, openSkip === last ? openSkip : null);
}

/**
 * Whether a run that may not begin now waits for its turn: links of a catch-up chain, runs of a job that queues, and
 * the only run of a job, which would be lost otherwise. What waits is bounded by `maxCatchUp`.
 */
function waits(
  job: DueJob,
  instants: Instants,
  instant: number,
  next: number | null,
  chained: boolean,
  waiting: number,
  together: number,
): boolean {
  if (next === null && isOnly(instants, instant)) {
    return true;
  }
  return (
    (chained || job.overlap === 'queue') &&
    waiting < Math.max(job.maxCatchUp, chained ? together : 0)
  );
}

function isOnly(instants: Instants, instant: number): boolean {
  return instants.next(instant) === null && instants.previous(instant - 1) === null;
}

/**
 * A job of the code whose date had passed before the job was ever stored: it did not miss a run, it came too late. An
 * instant of many says nothing of the kind: it passed while the job was on its way to the store.
 */
function isDeclaredLate(job: DueJob): boolean {
  return job.origin === 'code' && job.lastFireAt === null && job.nextFireAt < job.createdAt;
}

function decide(
  job: DueJob,
  trigger: Trigger,
  runs: readonly PlannedRun[],
  lastFireAt: number,
  next: number | null,
  openSkip: number | null = null,
): FireDecision {
  const fireCount = job.fireCount + runs.filter(isFired).length;
  const exhausted = trigger.maxFires !== null && fireCount >= trigger.maxFires;
  // Only a skip alone continues the record of the skips before it: anything else in between ends it.
  const extendsSkip = job.openSkipAt !== null && openSkip !== null && runs.length === 1;
  return {
    uid: job.uid,
    runs,
    nextFireAt: exhausted ? null : next,
    lastFireAt,
    fireCount,
    openSkipAt: extendsSkip ? job.openSkipAt : openSkip,
    extendsSkip,
  };
}

function isFired({ state }: PlannedRun): boolean {
  return state === 'queued' || state === 'running';
}

/** A run that this node takes: it begins at once, or at its instant plus jitter. */
function startingRun(
  instant: number,
  next: number | null,
  trigger: Trigger,
  { now, random }: PlanContext,
): PlannedRun {
  const startAt = instant + jitterOf(trigger, instant, next, random);
  return {
    scheduledAt: instant,
    state: startAt > now ? 'queued' : 'running',
    startAt,
    behind: null,
    until: null,
    count: 1,
    reason: null,
  };
}

function waitingRun(instant: number, behind: number): PlannedRun {
  return {
    scheduledAt: instant,
    state: 'queued',
    startAt: instant,
    behind,
    until: null,
    count: 1,
    reason: 'waiting',
  };
}

function finalRun(instant: number, state: 'missed' | 'skipped', reason: string): PlannedRun {
  return {
    scheduledAt: instant,
    state,
    startAt: instant,
    behind: null,
    until: null,
    count: 1,
    reason,
  };
}

/** One-sided, and always short of the following instant, so that starts keep the order of their instants. */
function jitterOf(
  { jitter }: Trigger,
  instant: number,
  next: number | null,
  random: () => number,
): number {
  const most = next === null ? jitter : Math.min(jitter, next - instant - 1);
  return most > 0 ? Math.floor(random() * (most + 1)) : 0;
}
