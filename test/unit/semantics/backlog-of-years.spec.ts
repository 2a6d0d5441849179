import { afterEach, describe, expect, it } from '@jest/globals';
import type { DueJob } from '../../../lib/core/fire.js';
import type { Trigger } from '../../../lib/core/trigger.js';
import { planJob } from '../../../lib/engine/firing/plan-job.js';
import { cron, CronTrigger, interval, IntervalTrigger } from '../../../lib/triggers/index.js';
import { dueJob } from '../../support/due-job.js';
import { TestScheduler } from '../../support/test-scheduler.js';

const START = Date.parse('2026-01-05T00:00:00Z');
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const SPANS = [365 * DAY, 3652 * DAY];

/** Of what cannot count, 1000 instants are visited; and those of a chain one by one. */
const MOST_CALLS = 1200;

const everySecond: readonly Trigger[] = [
  new CronTrigger({ second: '*', timezone: 'UTC' }),
  new IntervalTrigger({ seconds: 1, startDate: new Date(START) }),
];

/** The same trigger, and how often it has been asked for anything. */
function counted(trigger: Trigger): { trigger: Trigger; calls: () => number } {
  let calls = 0;
  // Its private members want it to be itself when it is asked.
  const watched = new Proxy({} as Trigger, {
    get: (_, name) => {
      const member: unknown = Reflect.get(trigger, name);
      if (typeof member !== 'function') {
        return member;
      }
      return (...args: unknown[]): unknown => {
        calls += 1;
        return Reflect.apply(member, trigger, args);
      };
    },
  });
  return { trigger: watched, calls: () => calls };
}

describe.each(everySecond)('A job of every second (%s) that was down for', (rule) => {
  function plan(job: Partial<DueJob>, span: number) {
    const { trigger, calls } = counted(rule);
    const context = { now: START + span, hasRoom: true, random: () => 0 };
    const decision = planJob(dueJob({ nextFireAt: START, ...job }), trigger, context);
    return { runs: decision?.runs ?? [], next: decision?.nextFireAt, calls: calls() };
  }

  it.each(SPANS)('%i ms runs once, and has all else in one record, found by arithmetic', (span) => {
    const { runs, next, calls } = plan({}, span);
    expect(runs).toMatchObject([
      { state: 'missed', scheduledAt: START, until: START + span - SECOND, reason: 'coalesced' },
      { state: 'running', scheduledAt: START + span },
    ]);
    expect(next).toBe(START + span + SECOND);
    expect(calls).toBeLessThan(MOST_CALLS);
  });

  it.each(SPANS)(
    '%i ms catches up with the newest instants and no more, when all count',
    (span) => {
      const { runs, calls } = plan({ coalesce: 'all' }, span);
      expect(runs.filter(({ state }) => state !== 'missed')).toHaveLength(100);
      expect(runs.at(-1)?.scheduledAt).toBe(START + span);
      expect(calls).toBeLessThan(MOST_CALLS);
    },
  );

  it.each(SPANS)('%i ms misses what is later than its grace, in one record', (span) => {
    const { runs, calls } = plan({ misfireGraceTime: 0 }, span);
    expect(runs).toMatchObject([
      { state: 'missed', scheduledAt: START, until: START + span - SECOND, reason: 'misfire' },
      { state: 'running', scheduledAt: START + span },
    ]);
    expect(calls).toBeLessThan(MOST_CALLS);
  });
});

describe('A scheduler whose clock jumps ten years ahead', () => {
  const test = new TestScheduler({ handlers: { work: () => {} } });

  afterEach(async () => {
    await test.stop();
  });

  it('runs each job once for that time, and goes on second by second', async () => {
    await test.scheduler.start();
    const { operations } = test.scheduler;
    await operations.addJob({ id: 'cron', handler: 'work', trigger: cron('* * * * * *') });
    await operations.addJob({ id: 'interval', handler: 'work', trigger: interval(1000) });
    await test.clock.advance(5500);
    const before = test.ofType('job.executed').length;

    test.clock.skipTo('2036-01-05T00:00:00.500Z');
    await test.clock.advance(400);
    for (const jobId of ['cron', 'interval']) {
      const executed = test.ofType('job.executed').slice(before);
      expect(executed.filter((event) => event.jobId === jobId)).toMatchObject([
        { scheduledAt: new Date('2036-01-05T00:00:00Z') },
      ]);
      expect(test.ofType('job.missed').filter((event) => event.jobId === jobId)).toMatchObject([
        { reason: 'coalesced', until: new Date('2036-01-04T23:59:59Z') },
      ]);
    }
    await test.clock.advance(3000);
    expect(test.ofType('job.executed')).toHaveLength(before + 2 * 4);
  });
});
