import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable, Logger } from '@nestjs/common';
import type { JobContext, SchedulerEvent } from '../../../lib/index.js';
import {
  at,
  inProcess,
  Interval,
  interval,
  JobHandler,
  memoryStore,
  OnSchedulerEvent,
} from '../../../lib/index.js';
import type { TestApp } from './support.js';
import { boot, build, closeAppsAfterEach, farAway, longAgo, signal } from './support.js';

@Injectable()
class Handlers {
  @JobHandler('succeed')
  succeed(result: string | JobContext): string {
    return typeof result === 'string' ? result : 'done';
  }

  @JobHandler('fail')
  fail(): never {
    throw new TypeError('on purpose');
  }
}

const never = at(farAway);

/** The events after a certain one, without those of declared or unrelated jobs. */
function since(app: TestApp, mark: number): SchedulerEvent['type'][] {
  return app.events.slice(mark).map(({ type }) => type);
}

describe('events', () => {
  closeAppsAfterEach();

  let errors: jest.SpiedFunction<Logger['error']>;

  beforeAll(() => {
    errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });

  beforeEach(() => void errors.mockClear());

  afterAll(() => errors.mockRestore());

  it('tell of the start: executors, stores, declared jobs, and then the scheduler', async () => {
    @Injectable()
    class Visits {
      @Interval({ hours: 1 })
      count(): void {}
    }

    const app = await boot({ providers: [Visits] });
    expect(app.types()).toEqual([
      'executor.added',
      'store.added',
      'job.added',
      'scheduler.started',
    ]);
    const [executor, store, job, started] = app.events;
    expect(executor).toMatchObject({ executor: 'default' });
    expect(store).toMatchObject({ store: 'default' });
    expect(job).toMatchObject({ jobId: 'Visits.count', store: 'default' });
    expect(started?.at).toBeInstanceOf(Date);
    expect(started?.nodeId).toEqual(expect.any(String));
  });

  it('tell of scheduler.started when the scheduler is in its new state', async () => {
    const app = await build({}, { autoStart: false });
    await app.context.init();
    const states: string[] = [];
    app.scheduler.events$.subscribe(({ type }) => states.push(`${type} ${app.scheduler.state}`));
    await app.scheduler.start({ paused: true });
    expect(states.at(-1)).toBe('scheduler.started paused');
    await app.scheduler.resume();
    expect(states.at(-1)).toBe('scheduler.resumed running');
    await app.scheduler.pause();
    expect(states.at(-1)).toBe('scheduler.paused paused');
    await app.scheduler.shutdown();
    expect(states.at(-1)).toBe('scheduler.shutdown stopped');
  });

  it('tell of scheduler.paused and scheduler.resumed only when something changes', async () => {
    const app = await boot();
    const mark = app.events.length;
    await app.scheduler.resume();
    await app.scheduler.pause();
    await app.scheduler.pause();
    await app.scheduler.resume();
    await app.scheduler.resume();
    expect(since(app, mark)).toEqual(['scheduler.paused', 'scheduler.resumed']);
  });

  it('tell of scheduler.shutdown once, at the very end', async () => {
    const app = await boot();
    await app.scheduler.shutdown();
    await app.scheduler.shutdown();
    await app.context.close();
    expect(app.types().filter((type) => type === 'scheduler.shutdown')).toHaveLength(1);
    expect(app.types().at(-1)).toBe('scheduler.shutdown');
  });

  it('tell of executors and stores that come and go', async () => {
    const app = await boot({ providers: [Handlers] });
    const mark = app.events.length;
    await app.scheduler.addExecutor('small', inProcess({ concurrency: 1 }));
    await app.scheduler.addStore('scratch', memoryStore());
    await app.scheduler.addJob({
      id: 'a',
      handler: 'succeed',
      trigger: at(longAgo),
      store: 'scratch',
      executor: 'small',
    });
    await app.event('job.executed', 'a');
    await app.scheduler.removeStore('scratch');
    await app.scheduler.removeExecutor('small');
    expect(app.events.slice(mark).filter((event) => !('jobId' in event))).toMatchObject([
      { type: 'executor.added', executor: 'small' },
      { type: 'store.added', store: 'scratch' },
      { type: 'store.removed', store: 'scratch' },
      { type: 'executor.removed', executor: 'small' },
    ]);
  });

  it('tell of job.added when a job is added or replaced', async () => {
    const app = await boot({ providers: [Handlers] });
    const mark = app.events.length;
    const definition = { id: 'a', handler: 'succeed', trigger: never };
    await app.scheduler.addJob(definition);
    await app.scheduler.addJob({ ...definition, name: 'other', replaceExisting: true });
    expect(app.events.slice(mark)).toMatchObject([
      { type: 'job.added', jobId: 'a', store: 'default' },
      { type: 'job.added', jobId: 'a', store: 'default' },
    ]);
  });

  it('tell of job.modified when somebody modifies, reschedules, pauses or resumes', async () => {
    const app = await boot({ providers: [Handlers] });
    const job = await app.scheduler.addJob({ id: 'a', handler: 'succeed', trigger: never });
    const mark = app.events.length;
    await job.modify({ name: 'other' });
    await job.reschedule(interval({ hours: 1 }));
    await job.pause();
    await job.resume();
    expect(since(app, mark)).toEqual(Array(4).fill('job.modified'));
  });

  it('tell of job.removed', async () => {
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJob({ id: 'a', handler: 'succeed', trigger: never });
    const mark = app.events.length;
    await app.scheduler.removeJob('a');
    expect(app.events.slice(mark)).toMatchObject([{ type: 'job.removed', jobId: 'a' }]);
  });

  it('tell of jobs.removed_all once for a store, and not of each job', async () => {
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJobs([
      { id: 'a', handler: 'succeed', trigger: never },
      { id: 'b', handler: 'succeed', trigger: never },
    ]);
    const mark = app.events.length;
    expect(await app.scheduler.removeAllJobs()).toBe(2);
    expect(app.events.slice(mark)).toMatchObject([
      { type: 'jobs.removed_all', store: 'default', count: 2 },
    ]);
  });

  it('tell of a run that succeeds: submitted, started, executed', async () => {
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJob({
      id: 'a',
      handler: 'succeed',
      args: ['fine'],
      trigger: interval({ hours: 1 }, { startDate: new Date(Date.now() + 50) }),
    });
    const executed = await app.event('job.executed', 'a');
    expect(app.types('a')).toEqual(['job.added', 'job.submitted', 'job.started', 'job.executed']);
    expect(executed).toMatchObject({ result: 'fine', attempt: 1, store: 'default' });
    expect(executed.durationMs).toBeGreaterThanOrEqual(0);
    const started = await app.event('job.started', 'a');
    expect(started.latenessMs).toBeGreaterThanOrEqual(0);
    expect(started.runId).toBe(executed.runId);
  });

  it('tell of the outcome after it is recorded', async () => {
    const app = await boot({ providers: [Handlers] });
    const states: Promise<string | undefined>[] = [];
    app.scheduler.events$.subscribe((event) => {
      if (event.type === 'job.executed' || event.type === 'job.error') {
        states.push(app.scheduler.getRun(event.runId).then((run) => run?.state));
      }
    });
    await app.scheduler.addJob({ id: 'a', handler: 'succeed', trigger: at(longAgo) });
    await app.scheduler.addJob({ id: 'b', handler: 'fail', trigger: at(longAgo) });
    await app.event('job.executed', 'a');
    await app.event('job.error', 'b');
    expect(await Promise.all(states)).toEqual(['succeeded', 'failed']);
  });

  it('tell of a run that fails: submitted, started, error', async () => {
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJob({ id: 'a', handler: 'fail', trigger: at(longAgo) });
    const { error } = await app.event('job.error', 'a');
    expect(app.types('a').filter((type) => type !== 'job.finished')).toEqual([
      'job.added',
      'job.submitted',
      'job.started',
      'job.error',
    ]);
    expect(error).toMatchObject({ name: 'TypeError', message: 'on purpose' });
    expect(error.stack).toContain('events.spec');
  });

  it('tell of job.missed when an instant is later than its grace, and run nothing', async () => {
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJob({
      id: 'a',
      handler: 'succeed',
      trigger: at(longAgo),
      misfireGraceTime: { seconds: 1 },
    });
    expect(await app.event('job.missed', 'a')).toMatchObject({
      scheduledAt: longAgo,
      until: longAgo,
      count: 1,
    });
    expect(app.types('a')).not.toContain('job.submitted');
  });

  it('tell of job.max_instances when an instant finds too many runs live', async () => {
    const released = signal();

    @Injectable()
    class Slow {
      @Interval(20)
      async work(): Promise<void> {
        await released.promise;
      }
    }

    const app = await boot({ providers: [Slow] });
    const refused = await app.event('job.max_instances', 'Slow.work');
    const started = await app.event('job.started', 'Slow.work');
    expect(refused.scheduledAt.getTime()).toBeGreaterThan(started.scheduledAt.getTime());
    expect(app.types('Slow.work').filter((type) => type === 'job.started')).toHaveLength(1);
    released.resolve();
    await app.event('job.executed', 'Slow.work');
  });

  it('tell of job.finished when no instant is left', async () => {
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJob({ id: 'a', handler: 'succeed', trigger: at(longAgo) });
    expect(await app.event('job.finished', 'a')).toMatchObject({ store: 'default' });
    await app.event('job.executed', 'a');
  });

  it('are logged: failures as errors, everything else of runs for debugging', async () => {
    const details = jest.spyOn(Logger.prototype, 'debug').mockImplementation(() => undefined);
    const app = await boot({ providers: [Handlers] });
    await app.scheduler.addJob({ id: 'a', handler: 'fail', trigger: at(longAgo) });
    await app.scheduler.addJob({ id: 'b', handler: 'succeed', trigger: at(longAgo) });
    await app.event('job.error', 'a');
    await app.event('job.executed', 'b');
    expect(errors.mock.calls).toEqual([
      [
        expect.stringMatching(/^Job "a" failed in attempt 1 after \d+ ms: TypeError: on purpose$/),
        expect.stringContaining('events.spec'),
      ],
    ]);
    expect(details.mock.calls.map(([text]) => String(text))).toContainEqual(
      expect.stringMatching(/^Job "b" executed in \d+ ms, planned for 2020-01-01T00:00:00.000Z$/),
    );
    details.mockRestore();
  });

  it('reach everyone although subscribers and listeners throw, and jobs go on', async () => {
    @Injectable()
    class Rude {
      @OnSchedulerEvent()
      throwing(): never {
        throw new Error('a listener');
      }

      @OnSchedulerEvent()
      async rejecting(): Promise<never> {
        throw new Error('an async listener');
      }
    }

    const app = await boot({ providers: [Rude, Handlers] });
    app.scheduler.events$.subscribe(() => {
      throw new Error('a subscriber');
    });
    const heard: string[] = [];
    app.scheduler.events$.subscribe(({ type }) => heard.push(type));
    for (const id of ['a', 'b']) {
      await app.scheduler.addJob({ id, handler: 'succeed', trigger: at(longAgo) });
      await app.event('job.executed', id);
    }
    expect(heard.filter((type) => type === 'job.executed')).toHaveLength(2);
    const texts = errors.mock.calls.map(([text]) => String(text));
    expect(texts).toContain(
      '@OnSchedulerEvent on Rude.throwing (RootTestModule) failed: a listener',
    );
    expect(texts).toContain(
      '@OnSchedulerEvent on Rude.rejecting (RootTestModule) failed: an async listener',
    );
    expect(texts).toContain('A subscriber of events$ failed: a subscriber');
  });
});
