import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { StoreContext } from '../../../lib/core/job-store.js';
import type { JobDeclaration } from '../../../lib/engine/definition/job-definition.js';
import { inProcess } from '../../../lib/executors/in-process.executor.js';
import { memoryStore } from '../../../lib/stores/memory/index.js';
import type { TriggerJson } from '../../../lib/core/trigger.js';
import { Trigger } from '../../../lib/core/trigger.js';
import { at, cron, interval, TriggerRegistry } from '../../../lib/triggers/index.js';
import type { TestSchedulerOptions } from '../../support/test-scheduler.js';
import { TestScheduler } from '../../support/test-scheduler.js';

let test: TestScheduler;

function make(options: TestSchedulerOptions = {}): TestScheduler {
  test = new TestScheduler({ handlers: { work: () => {} }, ...options });
  return test;
}

afterEach(async () => {
  await test.stop();
  expect(test.clock.keptAlive).toBe(0);
});

describe('the life of a scheduler', () => {
  it('tells of executors, stores and jobs before it says that it has started', async () => {
    const { scheduler } = make();
    scheduler.declare([declaration('job', interval(1000))]);
    await scheduler.start();
    expect(test.events.map((event) => event.type)).toEqual([
      'executor.added',
      'store.added',
      'job.added',
      'scheduler.started',
    ]);
    await test.stop();
    expect(test.events.at(-1)?.type).toBe('scheduler.shutdown');
  });

  it('starts once', async () => {
    const { scheduler } = make();
    await scheduler.start();
    await expect(scheduler.start()).rejects.toMatchObject({ code: 'SCHEDULER_STATE' });
  });

  it('starts paused, so that jobs can be looked through before any of them runs', async () => {
    const { scheduler } = make();
    await scheduler.start({ paused: true });
    expect(scheduler.state).toBe('paused');
    await scheduler.operations.addJob({ id: 'job', handler: 'work', trigger: interval(1000) });
    await test.clock.advance(5000);
    expect(test.told('job')).toEqual(['job.added']);
    await scheduler.resume();
    await test.clock.advance(5000);
    expect(test.told('job')).toContain('job.executed');
  });

  it('pauses and resumes as often as it is told, and only while it runs', async () => {
    const { scheduler } = make();
    await expect(scheduler.pause()).rejects.toMatchObject({ code: 'SCHEDULER_STATE' });
    await expect(scheduler.resume()).rejects.toMatchObject({ code: 'SCHEDULER_STATE' });
    await scheduler.start();
    await scheduler.resume();
    await scheduler.pause();
    await scheduler.pause();
    await scheduler.resume();
    expect(
      test.events.map(({ type }) => type).filter((type) => /paused|resumed/.test(type)),
    ).toEqual(['scheduler.paused', 'scheduler.resumed']);
  });

  it('keeps its jobs over a restart in the same process, and runs them again', async () => {
    const { scheduler } = make();
    await scheduler.start();
    await scheduler.operations.addJob({ id: 'job', handler: 'work', trigger: interval(1000) });
    await test.stop();
    await test.stop();
    expect(scheduler.state).toBe('stopped');
    await scheduler.start();
    await test.clock.advance(3000);
    expect(test.told('job')).toContain('job.executed');
  });

  it('waits for what runs when it shuts down, and for no longer than it was told', async () => {
    let signal: AbortSignal | undefined;
    const { scheduler } = make({
      handlers: {
        endless: (context) => {
          ({ signal } = context);
          return new Promise(() => {});
        },
      },
    });
    await scheduler.start();
    await scheduler.operations.addJob({ id: 'job', handler: 'endless', trigger: interval(1000) });
    await test.clock.advance(1500);
    let isDown = false;
    const down = scheduler.shutdown({ timeout: 5000 }).then(() => (isDown = true));
    await test.clock.advance(4000);
    expect(signal?.aborted).toBe(false);
    await test.clock.advance(1000);
    expect(signal?.reason).toMatchObject({ code: 'SHUTDOWN' });
    expect(isDown).toBe(false);
    await test.clock.advance(1000);
    await down;
    expect(test.ofType('job.abandoned')).toMatchObject([{ jobId: 'job', reason: 'shutdown' }]);
  });

  it('waits no longer when it is told so meanwhile', async () => {
    let signal: AbortSignal | undefined;
    const { scheduler } = make({
      handlers: {
        endless: (context) => {
          ({ signal } = context);
          return new Promise(() => {});
        },
      },
    });
    await scheduler.start();
    await scheduler.operations.addJob({ id: 'job', handler: 'endless', trigger: interval(1000) });
    await test.clock.advance(1500);
    const down = scheduler.shutdown({ timeout: 60_000 });
    await test.clock.advance(100);
    expect(signal?.aborted).toBe(false);
    const downNow = scheduler.shutdown({ wait: false });
    await test.clock.advance(1);
    expect(signal?.reason).toMatchObject({ code: 'SHUTDOWN' });
    await test.clock.advance(1000);
    await Promise.all([down, downNow]);
    expect(scheduler.state).toBe('stopped');
  });

  it('lets a handler shut it down', async () => {
    const { scheduler } = make({
      handlers: { last: () => void scheduler.shutdown() },
    });
    await scheduler.start();
    await scheduler.operations.addJob({ id: 'job', handler: 'last', trigger: interval(1000) });
    await test.clock.advance(3000);
    expect(scheduler.state).toBe('stopped');
    expect(test.told('job').filter((type) => type === 'job.executed')).toHaveLength(1);
  });

  it('takes jobs before it starts, and none after it was shut down', async () => {
    const { scheduler } = make();
    const job = { handler: 'work', trigger: interval(1000) };
    await scheduler.operations.addJob({ id: 'early', ...job });
    await scheduler.start();
    await test.clock.advance(1500);
    expect(test.told('early')).toContain('job.executed');
    await test.stop();
    await expect(scheduler.operations.addJob({ id: 'late', ...job })).rejects.toMatchObject({
      code: 'SCHEDULER_STATE',
    });
  });

  it('knows its own writes, though the store tells nobody of them', async () => {
    const mute = new Proxy(memoryStore(), {
      get(store, name) {
        return name === 'open'
          ? (context: StoreContext) => store.open({ ...context, wake: () => {} })
          : (Reflect.get(store, name) as unknown);
      },
    });
    const { scheduler } = make({ store: mute });
    await scheduler.start();
    await test.clock.advance(1000);
    const trigger = at(new Date(test.clock.now() + 2000));
    await scheduler.operations.addJob({ id: 'job', handler: 'work', trigger });
    await test.clock.advance(2100);
    expect(test.told('job')).toContain('job.executed');
    await scheduler.operations.runJob('job');
    await test.clock.advance(100);
    expect(test.ofType('job.executed')).toHaveLength(2);
  });

  it('runs handlers outside of the context of the call that woke it', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const { scheduler } = make({ handlers: { look: () => void seen.push(storage.getStore()) } });
    await scheduler.start();
    // Idle: it is the call itself that wakes the scheduler.
    await test.clock.advance(1);
    await storage.run('a request', () =>
      scheduler.operations.addJob({ handler: 'look', trigger: at(new Date(test.clock.now())) }),
    );
    await test.clock.advance(100);
    expect(seen).toEqual([undefined]);
  });
});

describe('executors and stores that come and go', () => {
  it('leave jobs waiting that need them', async () => {
    const { scheduler } = make();
    await scheduler.start();
    await scheduler.addExecutor('side', inProcess());
    await scheduler.operations.addJob({
      id: 'job',
      handler: 'work',
      executor: 'side',
      trigger: interval(1000),
    });
    await scheduler.removeExecutor('side');
    await test.clock.advance(5000);
    expect(test.told('job')).toEqual(['job.added']);
    await scheduler.addExecutor('side', inProcess());
    await test.clock.advance(100);
    expect(test.told('job')).toContain('job.executed');
    expect(test.ofType('executor.added', 'executor.removed').map(({ type }) => type)).toEqual([
      'executor.added',
      'executor.added',
      'executor.removed',
      'executor.added',
    ]);
  });

  it('take and give back the jobs of a store', async () => {
    const { scheduler } = make();
    const side = memoryStore();
    await scheduler.start();
    await scheduler.addStore('side', side);
    await expect(scheduler.addStore('side', memoryStore())).rejects.toMatchObject({
      code: 'ALIAS_TAKEN',
    });
    const job = { handler: 'work', trigger: interval(1000) };
    await scheduler.operations.addJob({ id: 'job', store: 'side', ...job });
    await test.clock.advance(1500);
    expect(test.told('job')).toContain('job.executed');
    await scheduler.removeStore('side');
    expect(await scheduler.getJob('job')).toBeNull();
    await expect(
      scheduler.operations.addJob({ id: 'b', store: 'side', ...job }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_STORE' });
  });
});

describe('jobs that the code declares', () => {
  it('are left alone, to the version, while the code says the same', async () => {
    const { scheduler } = make();
    scheduler.declare([declaration('job', interval({ seconds: 10 }))]);
    await scheduler.start();
    const before = await scheduler.getJob('job');
    await test.clock.advance(4000);
    await test.stop();
    scheduler.declare([declaration('job', interval({ seconds: 10 }))]);
    await scheduler.start();
    const after = await scheduler.getJob('job');
    expect(after?.version).toBe(1);
    expect(after?.nextFireAt).toEqual(before?.nextFireAt);
    expect(after?.origin).toBe('code');
    expect(test.ofType('job.modified')).toEqual([]);
  });

  it('are planned anew when their trigger changes, and only then', async () => {
    const { scheduler } = make();
    scheduler.declare([declaration('job', interval({ seconds: 10 }))]);
    await scheduler.start();
    await test.clock.advance(12_000);
    await test.stop();
    scheduler.declare([declaration('job', interval({ seconds: 10 }), { maxInstances: 4 })]);
    await scheduler.start();
    expect(await scheduler.getJob('job')).toMatchObject({
      version: 2,
      maxInstances: 4,
      nextFireAt: new Date('2026-01-05T00:00:20Z'),
    });
    await test.stop();
    scheduler.declare([declaration('job', cron('0 * * * *'), { maxInstances: 4 })]);
    await scheduler.start();
    expect(await scheduler.getJob('job')).toMatchObject({
      version: 3,
      nextFireAt: new Date('2026-01-05T01:00:00Z'),
      lastFireAt: new Date('2026-01-05T00:00:10Z'),
    });
  });

  it('stay paused whatever the code says', async () => {
    const { scheduler } = make();
    scheduler.declare([declaration('job', interval({ seconds: 10 }))]);
    await scheduler.start();
    await scheduler.operations.pauseJob('job');
    await test.stop();
    scheduler.declare([declaration('job', interval({ seconds: 5 }))]);
    await scheduler.start();
    await test.clock.advance(30_000);
    expect(await scheduler.getJob('job')).toMatchObject({ state: 'paused', nextFireAt: null });
    expect(test.told('job')).not.toContain('job.started');
  });

  it('can be edited, but not removed', async () => {
    const { scheduler } = make();
    scheduler.declare([declaration('job', interval({ seconds: 10 }))]);
    await scheduler.start();
    await scheduler.operations.modifyJob('job', { name: 'Edited' });
    await expect(scheduler.operations.removeJob('job')).rejects.toMatchObject({
      code: 'JOB_DECLARED_IN_CODE',
    });
    expect(await scheduler.operations.removeAllJobs()).toBe(0);
    await test.stop();
    await scheduler.start();
    expect((await scheduler.getJob('job'))?.name).toBe('Edited');
  });

  it('finish, with a word, when their last instant has passed, and the start goes on', async () => {
    const { scheduler } = make();
    scheduler.declare([
      declaration('old', cron({ year: 2020 })),
      declaration('new', interval(1000)),
    ]);
    await scheduler.start();
    expect(test.told('old')).toEqual(['job.added', 'job.finished']);
    expect((await scheduler.getJob('old'))?.state).toBe('finished');
  });

  it('are missed, not run, when their date had passed before they were stored', async () => {
    const { scheduler } = make();
    scheduler.declare([declaration('late', at('2026-01-01T00:00:00Z'))]);
    await scheduler.start();
    await test.clock.advance(100);
    expect(test.ofType('job.missed')).toMatchObject([{ jobId: 'late', reason: 'declared-late' }]);
    expect(test.told('late')).not.toContain('job.started');
    await test.stop();
    await scheduler.start();
    await test.clock.advance(100);
    expect(test.ofType('job.missed')).toHaveLength(1);
  });
});

describe('operations on jobs', () => {
  it('replace a job on request: an equal trigger goes on, a pause stays', async () => {
    const { scheduler } = make();
    const { operations } = scheduler;
    await scheduler.start();
    const job = { id: 'job', handler: 'work', trigger: interval({ seconds: 10 }) };
    const first = await operations.addJob(job);
    await expect(operations.addJob(job)).rejects.toMatchObject({ code: 'JOB_ID_TAKEN' });
    await test.clock.advance(4000);
    const again = await operations.addJob({ ...job, name: 'New', replaceExisting: true });
    expect(again.name).toBe('New');
    expect(again.nextFireAt).toEqual(first.nextFireAt);
    await operations.pauseJob('job');
    const paused = await operations.addJob({ ...job, replaceExisting: true });
    expect(paused.state).toBe('paused');
    const placed = await operations.addJob({
      ...job,
      nextFireAt: '2026-02-01T00:00:00Z',
      replaceExisting: true,
    });
    expect(placed.nextFireAt).toEqual(new Date('2026-02-01T00:00:00Z'));
  });

  it('refuse an edit of a version that is past', async () => {
    const { scheduler } = make();
    await scheduler.start();
    const job = await scheduler.operations.addJob({
      id: 'job',
      handler: 'work',
      trigger: interval(1000),
    });
    await job.modify({ name: 'One' }, { ifVersion: 1 });
    await expect(job.modify({ name: 'Two' }, { ifVersion: 1 })).rejects.toMatchObject({
      code: 'VERSION_CONFLICT',
    });
    expect((await scheduler.getJob('job'))?.name).toBe('One');
  });

  it('say so when there is no such job', async () => {
    const { scheduler } = make();
    await scheduler.start();
    const { operations } = scheduler;
    for (const asked of [
      operations.modifyJob('none', {}),
      operations.pauseJob('none'),
      operations.resumeJob('none'),
      operations.removeJob('none'),
      operations.runJob('none'),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'JOB_NOT_FOUND', jobId: 'none' });
    }
    expect(await scheduler.getJob('none')).toBeNull();
  });

  it('bring a finished job back to life with a new trigger', async () => {
    const { scheduler } = make();
    await scheduler.start();
    const trigger = at('2026-01-05T00:00:01Z');
    await scheduler.operations.addJob({ id: 'job', handler: 'work', trigger });
    await test.clock.advance(2000);
    const job = await scheduler.operations.rescheduleJob('job', at('2026-01-05T00:00:05Z'));
    expect(job.state).toBe('active');
    await test.clock.advance(5000);
    expect(test.ofType('job.executed')).toHaveLength(2);
  });

  it('find a job in whichever store it lives, and list over all of them', async () => {
    const { scheduler } = make({ stores: { default: memoryStore(), side: memoryStore() } });
    await scheduler.start();
    const { operations } = scheduler;
    for (const index of [1, 2, 3, 4]) {
      await operations.addJob({
        id: `job-${index}`,
        handler: 'work',
        trigger: interval(60_000),
        store: index % 2 === 0 ? 'side' : 'default',
        tags: ['all', `n${index}`],
      });
    }
    await operations.pauseJob('job-4');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof scheduler.getJobs>> = await scheduler.getJobs({
        limit: 1,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map((job) => `${job.store}/${job.id}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['default/job-1', 'default/job-3', 'side/job-2', 'side/job-4']);
    const ids = async (query: Parameters<typeof scheduler.getJobs>[0]) =>
      (await scheduler.getJobs(query)).items.map((job) => job.id);
    expect(await ids({ state: 'paused' })).toEqual(['job-4']);
    expect(await ids({ tags: ['all', 'n2'] })).toEqual(['job-2']);
    expect(await ids({ store: 'side' })).toEqual(['job-2', 'job-4']);
    expect(await operations.pauseJobs({ tags: 'all' })).toBe(3);
    expect(await operations.resumeJobs({ store: 'side' })).toBe(2);
    expect(await operations.removeAllJobs({ store: 'default' })).toBe(2);
    expect(test.ofType('jobs.removed_all')).toMatchObject([{ store: 'default', count: 2 }]);
  });

  it('export jobs and import them elsewhere', async () => {
    const { scheduler } = make({ stores: { default: memoryStore(), side: memoryStore() } });
    await scheduler.start();
    const { operations } = scheduler;
    await operations.addJob({
      id: 'a',
      handler: 'work',
      trigger: interval({ seconds: 10 }),
      args: [{ deep: [1, null] }],
      tags: ['x'],
      misfireGraceTime: 500,
    });
    await operations.addJob({
      id: 'b',
      handler: 'work',
      trigger: cron('0 5 * * *'),
      enabled: false,
    });
    const exported = await scheduler.exportJobs({ store: 'default' });
    const copy = JSON.parse(JSON.stringify(exported)) as typeof exported;
    await expect(scheduler.importJobs(copy)).rejects.toMatchObject({ code: 'JOB_ID_TAKEN' });
    const imported = await scheduler.importJobs(copy, { store: 'side' });
    expect(imported.map(({ id, state, store }) => ({ id, state, store }))).toEqual([
      { id: 'a', state: 'active', store: 'side' },
      { id: 'b', state: 'paused', store: 'side' },
    ]);
    const [original] = (await scheduler.getJobs({ store: 'default' })).items;
    expect(imported[0]).toMatchObject({
      nextFireAt: original?.nextFireAt,
      args: original?.args,
      misfireGraceTime: 500,
      trigger: original?.trigger,
    });
    await expect(scheduler.importJobs({ version: 2, jobs: [] } as never)).rejects.toMatchObject({
      code: 'INVALID_JOB',
      field: 'version',
    });
  });

  it('preview a trigger as the scheduler would fire it', () => {
    const { scheduler } = make({ timezone: 'Europe/Berlin' });
    expect(scheduler.preview(cron('30 5 * * *'), 2).map((date) => date.toISOString())).toEqual([
      '2026-01-05T04:30:00.000Z',
      '2026-01-06T04:30:00.000Z',
    ]);
  });
});

function declaration(
  id: string,
  trigger: JobDeclaration['definition']['trigger'],
  options: Partial<JobDeclaration['definition']> = {},
): JobDeclaration {
  return { source: `Test.${id}`, definition: { handler: 'work', trigger, ...options, id } };
}

describe('a trigger type of the application', () => {
  /** Every day of the year 2026 that is a power of two, as an example of what no built-in type can say. */
  class PowersOfTwoTrigger extends Trigger {
    readonly jitter = 0;
    readonly maxFires = null;
    private readonly instants = [1, 2, 4, 8, 16, 32].map((day) => Date.UTC(2026, 0, day));

    bind(): Trigger {
      return this;
    }
    first(now: Date): Date | null {
      return this.next(new Date(now.getTime() - 1));
    }
    next(after: Date): Date | null {
      const found = this.instants.find((instant) => instant > after.getTime());
      return found === undefined ? null : new Date(found);
    }
    previous(atOrBefore: Date): Date | null {
      const found = this.instants.findLast((instant) => instant <= atOrBefore.getTime());
      return found === undefined ? null : new Date(found);
    }
    toJSON(): TriggerJson {
      return { type: 'powers', version: 1 };
    }
    override toString(): string {
      return 'on days that are powers of two';
    }
  }

  it('fires, survives edits and is previewed like any other', async () => {
    const triggers = new TriggerRegistry({ powers: () => new PowersOfTwoTrigger() });
    const { scheduler } = make({ triggers });
    await scheduler.start();
    const trigger = { type: 'powers', version: 1 };
    expect(scheduler.preview(trigger, 9)).toEqual([
      new Date('2026-01-08T00:00:00Z'),
      new Date('2026-01-16T00:00:00Z'),
      new Date('2026-02-01T00:00:00Z'),
    ]);
    await scheduler.operations.addJob({ id: 'job', handler: 'work', trigger });
    await scheduler.operations.pauseJob('job');
    await scheduler.operations.resumeJob('job');
    test.clock.skipTo('2026-01-07T23:59:59Z');
    await test.clock.advance(2000);
    expect(test.ofType('job.executed')).toMatchObject([
      { scheduledAt: new Date('2026-01-08T00:00:00Z') },
    ]);
  });

  it('is refused by a scheduler that does not know it', async () => {
    const { scheduler } = make();
    await expect(
      scheduler.operations.addJob({ handler: 'work', trigger: { type: 'powers', version: 1 } }),
    ).rejects.toMatchObject({ code: 'INVALID_TRIGGER' });
  });
});
