import { afterEach, describe, expect, it } from '@jest/globals';
import { interval } from '../../../lib/index.js';
import { RealScheduler, type StoreKind } from '../../support/cluster/real-scheduler.js';
import { until } from '../../support/cluster/until.js';

const JOBS = 100;
const ATTEMPTS = 2000;

const OUTCOMES = ['job.executed', 'job.error', 'job.cancelled', 'job.abandoned'];

describe.each<StoreKind>(['memory', 'postgres'])('Under load, with jobs in %s,', (kind) => {
  let real: RealScheduler;

  afterEach(async () => {
    await real.stop();
  });

  it('each attempt is told in order, and its outcome when that is on record', async () => {
    let calls = 0;
    real = await RealScheduler.start(kind, {
      handlers: {
        work: async () => {
          calls += 1;
          if (calls % 5 === 0) {
            throw new Error('every fifth');
          }
          // Some are done at once, others in a turn or two of the loop.
          for (let turns = calls % 3; turns > 0; turns -= 1) {
            await new Promise((resolve) => setImmediate(resolve));
          }
          return calls;
        },
      },
    });
    const { test } = real;
    const { scheduler } = test;
    await scheduler.operations.addJobs(
      Array.from({ length: JOBS }, (_, index) => ({
        id: `job ${index}`,
        handler: 'work',
        trigger: interval(100),
      })),
    );
    // What a listener reads the moment that it hears of an outcome.
    const seen = new Map<string, Promise<string>>();
    let heard = 0;
    await until('the attempts', () => {
      for (; heard < test.events.length; heard += 1) {
        const event = test.events[heard];
        if (event && 'attempt' in event && OUTCOMES.includes(event.type)) {
          seen.set(
            event.runId,
            scheduler.getRun(event.runId).then((run) => run?.state ?? 'nowhere'),
          );
        }
      }
      return seen.size >= ATTEMPTS;
    });
    await scheduler.pause();
    await until('all have ended', () => {
      const begun = test.ofType('job.submitted').length;
      return test.events.filter(({ type }) => OUTCOMES.includes(type)).length === begun;
    });

    const attempts = new Map<string, string[]>();
    for (const event of test.events) {
      if ('attempt' in event) {
        const key = `${event.runId}/${event.attempt}`;
        attempts.set(key, [...(attempts.get(key) ?? []), event.type]);
      }
    }
    const stories = [...attempts.values()].map((types) => types.join(' '));
    expect(new Set(stories)).toEqual(
      new Set(['job.submitted job.started job.executed', 'job.submitted job.started job.error']),
    );
    const failures = stories.filter((story) => story.endsWith('error')).length;
    expect(Math.abs(failures - stories.length / 5)).toBeLessThanOrEqual(1);
    for (const [runId, state] of seen) {
      const event = test.events.find(
        (told) => 'attempt' in told && told.runId === runId && OUTCOMES.includes(told.type),
      );
      expect(await state).toBe(event?.type === 'job.error' ? 'failed' : 'succeeded');
    }
  });
});
