/** A test, as `path/of/its.spec.ts: its title`, below `test/`. */
export type Covering = `${string}.ts: ${string}`;

/** One case of the checklist: what shows how it is treated here, or why there is no such thing here. */
export interface CheckedCase {
  /** Its number in the checklist. */
  readonly row: number;
  /** What can go wrong, and what is right. */
  readonly feature: string;
  readonly coveredBy?: readonly [Covering, ...Covering[]];
  /** What of it, or that all of it, does not apply, and why. */
  readonly doesNotApply?: string;
}

/**
 * What APScheduler is known to do in its processing loop, case by case, with its defects and what was to be done better:
 * the second part of the operations on jobs, and the loop itself.
 */
export const PROCESSING_LOOP: readonly CheckedCase[] = [
  {
    row: 79,
    feature: 'a run on demand leaves the schedule alone and keeps to the limit of instances',
    coveredBy: [
      'contract/runs-by-hand.contract.ts: is held by nobody, and leaves the schedule as it is',
      'contract/runs-by-hand.contract.ts: is told how busy the job is, and may wait its turn',
      'contract/runs-by-hand.contract.ts: works for paused, parked and finished jobs',
    ],
  },
  {
    row: 80,
    feature: 'executors and stores come and go while jobs refer to them',
    coveredBy: [
      'unit/engine/lifecycle.spec.ts: leave jobs waiting that need them',
      'unit/engine/lifecycle.spec.ts: take and give back the jobs of a store',
      'e2e/nest/events.spec.ts: tell of executors and stores that come and go',
    ],
  },
  {
    row: 81,
    feature: 'an instant that is exactly now is due',
    coveredBy: [
      'integration/cluster/same-instant.spec.ts: a planned run and runs by hand all run, whichever comes first',
    ],
  },
  {
    row: 82,
    feature: 'a backlog of years is passed over by arithmetic, not instant by instant',
    coveredBy: [
      'unit/semantics/backlog-of-years.spec.ts: %i ms runs once, and has all else in one record, found by arithmetic',
      'unit/semantics/backlog-of-years.spec.ts: runs each job once for that time, and goes on second by second',
    ],
  },
  {
    row: 83,
    feature:
      'of several overdue instants the latest or the earliest runs; the others are on record',
    coveredBy: [
      'unit/engine/plan-job.spec.ts: runs the newest of several and records the others as one range',
      'unit/engine/plan-job.spec.ts: runs the oldest of several when told to',
      'unit/engine/firing.spec.ts: coalesces what a pause of the scheduler made late, and says so',
    ],
  },
  {
    row: 84,
    feature:
      'without coalescing all overdue instants run, oldest first, one at a time, within a cap',
    coveredBy: [
      'unit/engine/firing.spec.ts: catches up in a chain, one at a time, when every instant counts',
      'unit/engine/plan-job.spec.ts: keeps the newest instants of a chain that would be too long',
    ],
  },
  {
    row: 85,
    feature: 'exactly at its grace an instant still runs; waiting for a place makes late as well',
    coveredBy: [
      'unit/engine/plan-job.spec.ts: runs an instant that is exactly misfireGraceTime late, and misses it a millisecond later',
      'unit/semantics/late-fires.spec.ts: are late by that wait too: missed beyond their grace, and run up to it to the millisecond',
      'unit/engine/plan-job.spec.ts: runs a single instant however late it is',
    ],
  },
  {
    row: 86,
    feature: 'of several overdue instants each is judged by its own lateness before one is chosen',
    coveredBy: ['unit/engine/plan-job.spec.ts: judges misfires before it coalesces'],
  },
  {
    row: 87,
    feature: 'at the limit of instances an instant is skipped, with an event, or queued',
    coveredBy: [
      'unit/engine/firing.spec.ts: skips while maxInstances runs are live, and adds up the skips in one record',
      'unit/engine/firing.spec.ts: lets the runs of a queueing job follow each other',
      'contract/firing.contract.ts: counts live and waiting runs apart',
      'unit/engine/plan-job.spec.ts: starts no run beyond maxInstances',
    ],
    doesNotApply: 'Replacing a live run and limits for groups of jobs are not offered so far.',
  },
  {
    row: 88,
    feature: 'a one-shot that meets the limit is not lost',
    coveredBy: [
      'unit/engine/plan-job.spec.ts: never loses a one-shot to the limit',
      'unit/engine/firing.spec.ts: runs a one-shot that meets the limit as soon as there is a place',
    ],
  },
  {
    row: 89,
    feature: 'a job without a further instant is finished, says so, and can still be looked at',
    coveredBy: [
      'unit/engine/scheduler.spec.ts: fires a cron job and a one-shot, and finishes the one-shot',
      'contract/firing.contract.ts: reads a job as finished that has no instant left',
      'e2e/nest/events.spec.ts: tell of job.finished when no instant is left',
    ],
  },
  {
    row: 90,
    feature: 'a run that its executor refuses is failed, in an event and on record, not forgotten',
    coveredBy: [
      'unit/semantics/broken-executor.spec.ts: fails the runs that it refuses, in an event and on record, and nothing else',
    ],
    doesNotApply: 'It is not tried again: retries are not offered so far.',
  },
  {
    row: 91,
    feature: 'waits of any length are kept, and cut short by an earlier job',
    coveredBy: [
      'unit/validation/long-timers.spec.ts: rings after %i days and not before',
      'unit/engine/firing.spec.ts: fires a job sixty days ahead, and not before',
      'integration/cluster/handler-outcomes.spec.ts: are not called before a date that is farther than any timer of Node',
      'unit/engine/lifecycle.spec.ts: knows its own writes, though the store tells nobody of them',
    ],
  },
  {
    row: 92,
    feature: 'whatever the store fails at, for however long, the loop goes on by itself',
    coveredBy: [
      'unit/semantics/slow-store.spec.ts: has the scheduler back by itself, with one record of that time, and punctual again',
      'unit/engine/resilience.spec.ts: says so once, keeps trying, and says once that it is back',
      'integration/outage/postgres-outage.spec.ts: goes on with every job, and forgets nothing (stop %s, %i ms)',
      'integration/outage/long-handlers.spec.ts: are run once, all of them, though the database is away for 30 seconds',
    ],
  },
  {
    row: 93,
    feature: 'a trigger that fails has its own job set aside, and the others go on',
    coveredBy: [
      'unit/semantics/broken-trigger.spec.ts: %s has its job parked, and the others go on',
      'unit/engine/firing.spec.ts: parks a job whose trigger cannot be read, and goes on with the others',
      'integration/cluster/bad-rows.spec.ts: hurt no other job, and can still be looked at, removed and replaced',
    ],
  },
  {
    row: 94,
    feature: 'the wait for the next instant is reckoned after a slow look, not before it',
    coveredBy: [
      'unit/semantics/slow-store.spec.ts: has each instant run once, none before its time, and none of them later than an answer or two',
    ],
  },
  {
    row: 95,
    feature: 'a process may die at any point: no instant is lost, none is fired twice',
    coveredBy: [
      'integration/restart/kill.spec.ts: runs a job again that was running, after the lease of the process that died',
      'integration/restart/kill.spec.ts: does not lose a run that was claimed ahead of its instant',
      'integration/cluster/hazards/frozen-fire.spec.ts: keeps nobody from its jobs for long, and records nothing when it thaws (lease %i ms)',
      'integration/cluster/hazards/deadly-handler.spec.ts: is given three, and not the fourth, which goes on with the other jobs',
      'model/scheduler.model.spec.ts: keep to the rules, whatever dies, freezes, is cut off, slow, restarted or edited, and whenever',
      'e2e/nest/handlers.spec.ts: is told about its run, and finds the same context anywhere below',
    ],
  },
  {
    row: 96,
    feature:
      'of many processes each instant has one, even when leases end or event loops are blocked',
    coveredBy: [
      'integration/cluster/stampede.spec.ts: run 10,000 jobs that are due in one millisecond, each once, and leave nothing behind',
      'integration/cluster/exactly-once.spec.ts: fire each instant of 20 jobs a second exactly once, and share the work',
      'unit/engine/resilience.spec.ts: refuse the outcome of one that was taken for dead, which then joins anew',
      'unit/engine/resilience.spec.ts: begins nothing after a freeze before it knows itself to be alive',
    ],
  },
  {
    row: 97,
    feature: 'what one process changes, others know soon; and in the end even if nobody tells them',
    coveredBy: [
      'integration/typeorm/notifications.spec.ts: wake other processes for work that is due soon, once for all that came together',
      'integration/typeorm/notifications.spec.ts: are listened for again after the connection broke, with a look at what was missed',
      'integration/typeorm/pgbouncer.spec.ts: runs what another process has added, without having heard of it',
    ],
  },
  {
    row: 98,
    feature: 'an edit that meets a fire, or another edit, is not lost',
    coveredBy: [
      'integration/cluster/edit-races.spec.ts: lose no edit, start nothing as it was before, and record what had begun',
      'integration/cluster/concurrent-edits.spec.ts: lose none of the edits, and fire no instant twice',
      'contract/races.contract.ts: loses no edit that meets a fire',
      'unit/engine/lifecycle.spec.ts: refuse an edit of a version that is past',
    ],
  },
  {
    row: 99,
    feature:
      'clocks that jump, of machines or of the database, neither hold up jobs nor run them twice',
    coveredBy: [
      'integration/cluster/clock-jumps.spec.ts: does not mind what the clock of its machine shows, nor that it jumps',
      'integration/cluster/clock-jumps.spec.ts: follows the clock of its database an hour ahead: what falls into the hour runs once',
      'integration/cluster/clock-jumps.spec.ts: follows the clock of its database an hour back: no instant runs again, and new ones do',
      'unit/engine/store-time.spec.ts: follows a jump of the store’s clock at the next exchange',
      'unit/engine/stall-watch.spec.ts: finds a machine that was suspended, of which only the wall clock tells',
    ],
  },
  {
    row: 100,
    feature: 'jobs that are due together go by priority, then by their instants',
    coveredBy: [
      'unit/semantics/late-fires.spec.ts: go by priority, and by their instants within one',
      'contract/firing.contract.ts: serves higher priorities first, and each level some',
      'contract/firing.contract.ts: keeps to the limit, oldest first, and says that there is more',
    ],
    doesNotApply:
      'Of jobs with one priority and one instant none is first: nodes take them side by side, in any order.',
  },
];
