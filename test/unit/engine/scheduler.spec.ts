import { afterEach, describe, expect, it } from '@jest/globals';
import { at, cron, interval } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';

describe('a scheduler on a memory store', () => {
  let test: TestScheduler;

  afterEach(async () => {
    await test.scheduler.shutdown();
    expect(test.clock.keptAlive).toBe(0);
  });

  it('fires an interval job at every instant, exactly then', async () => {
    const starts: number[] = [];
    test = new TestScheduler({ handlers: { tick: () => void starts.push(test.clock.now()) } });
    await test.scheduler.start();
    await test.scheduler.operations.addJob({
      id: 'tick',
      handler: 'tick',
      trigger: interval({ seconds: 10 }),
    });

    await test.clock.advance(60_000);

    expect(starts.map((start) => new Date(start).toISOString().slice(17, 19))).toEqual([
      '10',
      '20',
      '30',
      '40',
      '50',
      '00',
    ]);
    const { items } = await test.scheduler.getRuns({ jobId: 'tick' });
    expect(items).toHaveLength(6);
    expect(items.every((run) => run.state === 'succeeded')).toBe(true);
  });

  it('fires a cron job and a one-shot, and finishes the one-shot', async () => {
    test = new TestScheduler({ handlers: { work: () => 'done' } });
    await test.scheduler.start();
    const { operations } = test.scheduler;
    await operations.addJob({ id: 'cron', handler: 'work', trigger: cron('*/5 1-23 * * *') });
    await operations.addJob({ id: 'once', handler: 'work', trigger: at('2026-01-05T01:07:00Z') });

    await test.clock.advance(76 * 60_000);

    expect(
      test
        .ofType('job.executed')
        .map((event) => [event.jobId, event.scheduledAt.toISOString().slice(11, 16)]),
    ).toEqual([
      ['cron', '01:00'],
      ['cron', '01:05'],
      ['once', '01:07'],
      ['cron', '01:10'],
      ['cron', '01:15'],
    ]);
    expect(test.told('once')).toEqual([
      'job.added',
      'job.finished',
      'job.submitted',
      'job.started',
      'job.executed',
    ]);
    expect((await test.scheduler.getJob('once'))?.state).toBe('finished');
  });
});
