import { describe, expect, it } from '@jest/globals';
import { planJob } from '../../../lib/engine/firing/plan-job.js';
import { CronTrigger, DateTrigger } from '../../../lib/triggers/index.js';
import { dueJob } from '../../support/due-job.js';

const INSTANT = Date.parse('2026-01-05T00:00:10Z');

/** As it is found when the machine is so slow that the instant passes between its planning and its storing. */
const job = dueJob({ origin: 'code', nextFireAt: INSTANT, createdAt: INSTANT + 50 });

const context = { now: INSTANT + 100, hasRoom: true, random: () => 0 };

describe('A declared job whose first instant passes while the application starts', () => {
  it('runs late, as at any other time, when it has further instants', () => {
    const decision = planJob(job, new CronTrigger({ second: '*/10' }), context);
    expect(decision).toMatchObject({
      runs: [{ scheduledAt: INSTANT, state: 'running' }],
      nextFireAt: INSTANT + 10_000,
    });
  });

  it('is missed when that was its only date, because it came too late', () => {
    const decision = planJob(job, new DateTrigger({ runDate: new Date(INSTANT) }), context);
    expect(decision).toMatchObject({
      runs: [{ scheduledAt: INSTANT, state: 'missed', reason: 'declared-late' }],
      nextFireAt: null,
    });
  });
});
