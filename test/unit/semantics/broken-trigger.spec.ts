import { afterEach, describe, expect, it } from '@jest/globals';
import { cron, interval, IntervalTrigger, TriggerRegistry } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';

const START = Date.parse('2026-01-05T00:00:00Z');

/** What a trigger can do wrong when it is asked for the instant after the third. */
const FAULTS: Readonly<Record<string, (after: Date) => Date | null>> = {
  throws: () => {
    throw new TypeError('the moon is not up');
  },
  'gives the same instant for ever': (after) => after,
  'goes back in time': (after) => new Date(after.getTime() - 1000),
  'gives a date that is none': () => new Date(NaN),
};

class FaultyTrigger extends IntervalTrigger {
  constructor(private readonly fault: string) {
    super({ seconds: 1, startDate: new Date(START) });
  }

  override bind(): this {
    return this;
  }

  override next(after: Date): Date | null {
    const isFaulty = after.getTime() >= START + 3000;
    return isFaulty ? (FAULTS[this.fault]?.(after) ?? null) : super.next(after);
  }

  override toJSON(): ReturnType<IntervalTrigger['toJSON']> {
    return { type: 'faulty', version: 1, fault: this.fault };
  }
}

describe('A trigger that, after some instants,', () => {
  let test: TestScheduler;

  afterEach(async () => {
    await test.stop();
  });

  it.each(Object.keys(FAULTS))('%s has its job parked, and the others go on', async (fault) => {
    test = new TestScheduler({
      handlers: { work: () => {} },
      triggers: new TriggerRegistry({ faulty: (json) => new FaultyTrigger(json.fault as string) }),
    });
    await test.scheduler.start();
    const { operations } = test.scheduler;
    const trigger = { type: 'faulty', version: 1, fault };
    await operations.addJob({ id: 'faulty', handler: 'work', trigger });
    await operations.addJob({ id: 'sound', handler: 'work', trigger: cron('* * * * * *') });
    await test.clock.advance(20_500);

    expect(test.told('faulty').at(-1)).toBe('job.parked');
    expect(test.told('faulty').filter((type) => type === 'job.parked')).toHaveLength(1);
    expect(test.ofType('job.parked')[0]?.error.message).toMatch(/moon|instant|date/);
    const job = await test.scheduler.getJob('faulty');
    expect(job).toMatchObject({
      state: 'parked',
      error: expect.stringMatching(/moon|instant|date/),
    });
    const sound = test.ofType('job.executed').filter(({ jobId }) => jobId === 'sound');
    expect(sound.map(({ scheduledAt }) => (scheduledAt.getTime() - START) / 1000)).toEqual(
      Array.from({ length: 21 }, (_, second) => second),
    );

    // With another rule it is as good as any.
    await operations.rescheduleJob('faulty', interval(1000));
    await test.clock.advance(2500);
    expect(test.told('faulty').at(-1)).toBe('job.executed');
  });
});
