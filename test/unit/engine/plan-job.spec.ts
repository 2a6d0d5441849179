import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DueJob, PlannedRun } from '../../../lib/core/fire.js';
import type { Trigger } from '../../../lib/core/trigger.js';
import { planJob } from '../../../lib/engine/firing/plan-job.js';
import { DateTrigger, IntervalTrigger } from '../../../lib/triggers/index.js';
import { dueJob } from '../../support/due-job.js';

const everyTenSeconds = new IntervalTrigger({
  seconds: 10,
  startDate: new Date(0),
});

function plan(
  job: Partial<DueJob>,
  now: number,
  {
    trigger = everyTenSeconds,
    hasRoom = true,
    random = () => 0,
  }: { trigger?: Trigger; hasRoom?: boolean; random?: () => number } = {},
) {
  return planJob(dueJob(job), trigger, { now, hasRoom, random });
}

/** A decision's runs in short: `running@20`, `missed@0-10x2 (coalesced)`, times in seconds. */
function brief(runs: readonly PlannedRun[] | undefined): string[] {
  return (runs ?? []).map(({ state, scheduledAt, until, count, reason, behind }) => {
    const range = until === null ? '' : `-${until / 1000}x${count}`;
    const why = reason === null ? '' : ` (${reason})`;
    const turn = behind === null ? '' : ` behind ${behind}`;
    return `${state}@${scheduledAt / 1000}${range}${turn}${why}`;
  });
}

describe('planning a job whose instant lies ahead', () => {
  it('claims its run, to be started at the instant', () => {
    const decision = plan({ nextFireAt: 20_000 }, 19_900);
    expect(brief(decision?.runs)).toEqual(['queued@20']);
    expect(decision).toMatchObject({ nextFireAt: 30_000, lastFireAt: 20_000, fireCount: 1 });
  });

  it('waits for the instant when a run is live', () => {
    expect(plan({ nextFireAt: 20_000, liveRuns: 1 }, 19_900)).toBeNull();
  });

  it('waits when there is no room', () => {
    expect(plan({ nextFireAt: 20_000 }, 19_900, { hasRoom: false })).toBeNull();
  });
});

describe('planning a job whose instant has come', () => {
  it('runs a single instant however late it is', () => {
    expect(brief(plan({ nextFireAt: 20_000 }, 29_999)?.runs)).toEqual(['running@20']);
  });

  it('runs an instant that is exactly misfireGraceTime late, and misses it a millisecond later', () => {
    const job = { nextFireAt: 20_000, misfireGraceTime: 5000 };
    expect(brief(plan(job, 25_000)?.runs)).toEqual(['running@20']);
    expect(brief(plan(job, 25_001)?.runs)).toEqual(['missed@20 (misfire)']);
  });

  it('runs the newest of several and records the others as one range', () => {
    const decision = plan({ nextFireAt: 20_000 }, 55_000);
    expect(brief(decision?.runs)).toEqual(['missed@20-40x3 (coalesced)', 'running@50']);
    expect(decision).toMatchObject({ nextFireAt: 60_000, lastFireAt: 50_000, fireCount: 1 });
  });

  it('runs the oldest of several when told to', () => {
    const decision = plan({ nextFireAt: 20_000, coalesce: 'earliest' }, 55_000);
    expect(brief(decision?.runs)).toEqual(['missed@30-50x3 (coalesced)', 'running@20']);
    expect(decision?.nextFireAt).toBe(60_000);
  });

  it('judges misfires before it coalesces', () => {
    const job = { nextFireAt: 20_000, misfireGraceTime: 16_000 };
    expect(brief(plan(job, 55_000)?.runs)).toEqual([
      'missed@20-30x2 (misfire)',
      'missed@40 (coalesced)',
      'running@50',
    ]);
    expect(brief(plan({ ...job, coalesce: 'earliest' }, 55_000)?.runs)).toEqual([
      'missed@20-30x2 (misfire)',
      'missed@50 (coalesced)',
      'running@40',
    ]);
  });

  it('makes a chain of all instants, oldest first, each behind the one before', () => {
    const decision = plan({ nextFireAt: 20_000, coalesce: 'all', maxInstances: 3 }, 45_000);
    expect(brief(decision?.runs)).toEqual([
      'running@20',
      'queued@30 behind 1 (waiting)',
      'queued@40 behind 1 (waiting)',
    ]);
    expect(decision?.fireCount).toBe(3);
  });

  it('keeps the newest instants of a chain that would be too long', () => {
    const job = { nextFireAt: 0, coalesce: 'all', maxCatchUp: 2 } as const;
    expect(brief(plan(job, 50_000)?.runs)).toEqual([
      'missed@0-30x4 (catch-up-limit)',
      'running@40',
      'queued@50 behind 1 (waiting)',
    ]);
  });

  it('lets a new instant join the chain that is under way', () => {
    const job = { nextFireAt: 20_000, coalesce: 'all', liveRuns: 1, waitingRuns: 2 } as const;
    expect(brief(plan(job, 20_000)?.runs)).toEqual(['queued@20 behind 1 (waiting)']);
  });

  it('skips an instant that finds maxInstances runs live', () => {
    const decision = plan({ nextFireAt: 20_000, liveRuns: 1 }, 20_000);
    expect(brief(decision?.runs)).toEqual(['skipped@20 (max-instances)']);
    expect(decision).toMatchObject({ openSkipAt: 20_000, extendsSkip: false, fireCount: 0 });
  });

  it('lets no further skip continue one that missed instants follow', () => {
    const decision = plan(
      { nextFireAt: 20_000, coalesce: 'earliest', maxInstances: 1, liveRuns: 1 },
      35_000,
    );
    expect(brief(decision?.runs)).toEqual(['missed@30 (coalesced)', 'skipped@20 (max-instances)']);
    expect(decision?.openSkipAt).toBeNull();
  });

  it('adds a further skip to the record of the skips before it', () => {
    const decision = plan({ nextFireAt: 30_000, liveRuns: 1, openSkipAt: 20_000 }, 30_000);
    expect(decision).toMatchObject({ openSkipAt: 20_000, extendsSkip: true });
  });

  it('lets the run of a queueing job wait, up to maxCatchUp of them', () => {
    const job = { nextFireAt: 20_000, overlap: 'queue', liveRuns: 1, maxCatchUp: 2 } as const;
    expect(brief(plan({ ...job, waitingRuns: 1 }, 20_000)?.runs)).toEqual([
      'queued@20 behind 1 (waiting)',
    ]);
    expect(brief(plan({ ...job, waitingRuns: 2 }, 20_000)?.runs)).toEqual([
      'skipped@20 (queue-full)',
    ]);
  });

  it('never loses a one-shot to the limit', () => {
    const trigger = new DateTrigger({ runDate: new Date(20_000) });
    const decision = plan({ nextFireAt: 20_000, liveRuns: 1 }, 20_000, { trigger });
    expect(brief(decision?.runs)).toEqual(['queued@20 behind 1 (waiting)']);
    expect(decision?.nextFireAt).toBeNull();
  });

  it('leaves the job alone when there is no room for the run that it would start', () => {
    expect(plan({ nextFireAt: 20_000 }, 20_000, { hasRoom: false })).toBeNull();
  });

  it('ends with the trigger’s maxFires', () => {
    const trigger = new IntervalTrigger({ seconds: 10, startDate: new Date(0), maxFires: 3 });
    expect(plan({ nextFireAt: 20_000, fireCount: 1 }, 20_000, { trigger })?.nextFireAt).toBe(
      30_000,
    );
    expect(plan({ nextFireAt: 20_000, fireCount: 2 }, 20_000, { trigger })?.nextFireAt).toBeNull();
  });

  it('misses a date of the code that had passed before the job was ever stored', () => {
    const trigger = new DateTrigger({ runDate: new Date(20_000) });
    const late = { nextFireAt: 20_000, origin: 'code', createdAt: 30_000 } as const;
    expect(brief(plan(late, 30_000, { trigger })?.runs)).toEqual(['missed@20 (declared-late)']);
    expect(brief(plan({ ...late, origin: 'api' }, 30_000, { trigger })?.runs)).toEqual([
      'running@20',
    ]);
  });

  it('adds jitter to the start, not to the instant, and short of the next instant', () => {
    const trigger = new IntervalTrigger({ seconds: 10, startDate: new Date(0), jitter: 60_000 });
    const [run] =
      plan({ nextFireAt: 20_000 }, 20_000, { trigger, random: () => 0.9999 })?.runs ?? [];
    expect(run).toMatchObject({ scheduledAt: 20_000, startAt: 29_999, state: 'queued' });
  });

  it('finds out a trigger that never moves on', () => {
    class StuckTrigger extends IntervalTrigger {
      override next(after: Date): Date {
        return after;
      }
    }
    const trigger = new StuckTrigger({ seconds: 10, startDate: new Date(0) });
    expect(() => plan({ nextFireAt: 20_000 }, 20_000, { trigger })).toThrow(/not later/);
  });
});

describe('planning any job', () => {
  const jobs = fc.record({
    first: fc.integer({ min: 0, max: 50 }),
    behind: fc.integer({ min: 0, max: 400_000 }),
    coalesce: fc.constantFrom('latest', 'earliest', 'all' as const),
    overlap: fc.constantFrom('skip', 'queue' as const),
    misfireGraceTime: fc.option(fc.integer({ min: 0, max: 100_000 })),
    maxInstances: fc.integer({ min: 1, max: 3 }),
    maxCatchUp: fc.integer({ min: 1, max: 20 }),
    liveRuns: fc.integer({ min: 0, max: 4 }),
    waitingRuns: fc.integer({ min: 0, max: 4 }),
  });

  it('disposes of every instant up to now exactly once', () => {
    fc.assert(
      fc.property(jobs, ({ first, behind, ...fields }) => {
        const nextFireAt = first * 10_000;
        const now = nextFireAt + behind;
        const decision = plan({ ...(fields as Partial<DueJob>), nextFireAt }, now);
        const covered = (decision?.runs ?? []).flatMap(({ scheduledAt, until, count }) => {
          const last = until ?? scheduledAt;
          expect((last - scheduledAt) / 10_000 + 1).toBe(count);
          return Array.from({ length: count }, (_, step) => scheduledAt + step * 10_000);
        });
        const due = Array.from(
          { length: Math.floor(behind / 10_000) + 1 },
          (_, step) => nextFireAt + step * 10_000,
        );
        expect(covered.toSorted((a, b) => a - b)).toEqual(due);
        expect(decision?.lastFireAt).toBe(due.at(-1));
        expect(decision?.nextFireAt).toBe((due.at(-1) ?? 0) + 10_000);
      }),
      { numRuns: 500 },
    );
  });

  it('starts no run beyond maxInstances', () => {
    fc.assert(
      fc.property(jobs, ({ first, behind, ...fields }) => {
        const nextFireAt = first * 10_000;
        const job = { ...(fields as Partial<DueJob>), nextFireAt };
        const runs = plan(job, nextFireAt + behind)?.runs ?? [];
        const started = runs.filter(
          ({ state, behind: turn }) => state === 'running' || (state === 'queued' && turn === null),
        );
        expect(started.length).toBeLessThanOrEqual(
          Math.max(0, fields.maxInstances - fields.liveRuns - fields.waitingRuns),
        );
      }),
      { numRuns: 500 },
    );
  });
});
