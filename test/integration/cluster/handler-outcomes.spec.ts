import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, interval } from '../../../lib/index.js';
import type { Run } from '../../../lib/index.js';
import { RealScheduler, type StoreKind } from '../../support/cluster/real-scheduler.js';
import { until } from '../../support/cluster/until.js';

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

class Unreadable extends Error {
  override get message(): string {
    throw new Error('not even this');
  }
}

const NOT_JSON = { state: 'succeeded', result: null, reason: 'result-not-json' };

/** What a handler can come up with, and what is on record of it. */
const HANDLERS: Readonly<Record<string, readonly [() => unknown, object]>> = {
  'throws text': [
    () => {
      throw 'just text'; // oxlint-disable-line no-throw-literal
    },
    { state: 'failed', error: { name: 'NonError', message: expect.stringContaining('just text') } },
  ],
  'throws null': [
    () => {
      throw null; // oxlint-disable-line no-throw-literal
    },
    { state: 'failed', error: { name: 'NonError', message: expect.stringContaining('null') } },
  ],
  'rejects with undefined': [
    () => Promise.reject(), // oxlint-disable-line prefer-promise-reject-errors
    { state: 'failed', error: { name: 'NonError', message: expect.stringContaining('undefined') } },
  ],
  'throws an object without a prototype': [
    () => {
      throw Object.create(null); // oxlint-disable-line no-throw-literal
    },
    { state: 'failed', error: { name: 'NonError' } },
  ],
  'throws an error that throws when it is read': [
    () => {
      throw new Unreadable();
    },
    { state: 'failed', error: { name: 'UnreadableError' } },
  ],
  'throws with NUL and half a surrogate pair': [
    () => {
      throw new Error('a\u0000b \ud83d c');
    },
    { state: 'failed', error: { message: 'a\ufffdb \ufffd c' } },
  ],
  'throws with a megabyte of text': [
    () => {
      throw new Error('x'.repeat(1_000_000));
    },
    { state: 'failed', error: { message: 'x'.repeat(8192) } },
  ],
  'throws with a cause that goes in circles': [
    () => {
      const error = new Error('round');
      error.cause = error;
      throw error;
    },
    { state: 'failed', error: { message: 'round', cause: { message: 'round' } } },
  ],
  'gives a BigInt': [() => 5n, NOT_JSON],
  'gives a BigInt far below': [() => ({ a: [{ b: 5n }] }), NOT_JSON],
  'gives a cycle': [() => cycle, NOT_JSON],
  'gives a function': [() => () => 1, NOT_JSON],
  'gives a symbol': [() => Symbol('s'), NOT_JSON],
  'gives NUL': [() => 'a\u0000b', NOT_JSON],
  'gives a key with NUL': [() => ({ 'a\u0000b': 1 }), NOT_JSON],
  'gives half a surrogate pair': [() => ['\ud83d'], NOT_JSON],
  'gives what throws when it is read': [
    () => ({
      toJSON() {
        throw new Error('no');
      },
    }),
    NOT_JSON,
  ],
  'gives a megabyte': [
    () => 'x'.repeat(1_000_000),
    { state: 'succeeded', result: null, reason: 'result-too-large' },
  ],
  'gives nothing': [() => undefined, { state: 'succeeded', result: null, reason: null }],
  'gives a Date': [
    () => new Date(0),
    { state: 'succeeded', result: '1970-01-01T00:00:00.000Z', reason: null },
  ],
  'gives a promise of a promise': [
    async () => Promise.resolve(Promise.resolve({ fine: true })),
    { state: 'succeeded', result: { fine: true }, reason: null },
  ],
  'gives something that only looks like a promise': [
    // oxlint-disable-next-line unicorn/no-thenable
    () => ({ then: (resolve: (value: string) => void) => resolve('thenable') }),
    { state: 'succeeded', result: 'thenable', reason: null },
  ],
};

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

describe.each<StoreKind>(['memory', 'postgres'])('Handlers, with jobs in %s,', (kind) => {
  let real: RealScheduler;

  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });

  afterEach(async () => {
    await real.stop();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('harm only their own run, whatever they throw or give', async () => {
    let ticks = 0;
    real = await RealScheduler.start(kind, {
      handlers: {
        ...Object.fromEntries(Object.entries(HANDLERS).map(([name, [body]]) => [name, body])),
        tick: () => (ticks += 1),
        'never settles': () => new Promise(() => undefined),
      },
      shutdownTimeout: 300,
    });
    const { scheduler } = real.test;
    const now = new Date();
    await scheduler.operations.addJobs([
      ...Object.keys(HANDLERS).map((name) => ({ id: name, handler: name, trigger: at(now) })),
      { id: 'never settles', handler: 'never settles', trigger: at(now) },
      { id: 'tick', handler: 'tick', trigger: interval(50) },
    ]);

    const outcomes = new Map<string, Run>();
    await until('the outcomes', async () => {
      for (const { items } of [
        await scheduler.getRuns({ state: ['succeeded', 'failed'], limit: 1000 }),
      ]) {
        items.forEach((run) => outcomes.set(run.jobId, run));
      }
      return Object.keys(HANDLERS).every((name) => outcomes.has(name));
    });
    for (const [name, [, expected]] of Object.entries(HANDLERS)) {
      expect({ name, ...outcomes.get(name) }).toMatchObject({ name, ...expected });
    }
    const before = ticks;
    await until('the others go on', () => ticks >= before + 5);
    const { items } = await scheduler.getRuns({ jobId: 'never settles' });
    expect(items).toMatchObject([{ state: 'running' }]);
  });

  it('that never settle hold up a shutdown until its deadline and no longer', async () => {
    const reasons: unknown[] = [];
    real = await RealScheduler.start(kind, {
      handlers: {
        stuck: ({ signal }) => {
          signal.addEventListener('abort', () => reasons.push(signal.reason));
          return new Promise(() => undefined);
        },
      },
      shutdownTimeout: 400,
    });
    const { scheduler } = real.test;
    await scheduler.operations.addJob({ id: 'stuck', handler: 'stuck', trigger: at(new Date()) });
    await until('it has begun', () => real.test.told('stuck').includes('job.started'));

    const begun = performance.now();
    await scheduler.shutdown();
    const took = performance.now() - begun;

    expect(took).toBeGreaterThanOrEqual(390);
    expect(took).toBeLessThan(3000);
    expect(reasons).toMatchObject([{ name: 'ShutdownError' }]);
    expect(real.test.told('stuck').slice(-1)).toEqual(['job.abandoned']);
  });

  it('that throw where they are told to stop are an outcome like any other', async () => {
    real = await RealScheduler.start(kind, {
      handlers: {
        obedient: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      },
      shutdownTimeout: 100,
    });
    const { scheduler } = real.test;
    await scheduler.operations.addJob({ id: 'job', handler: 'obedient', trigger: at(new Date()) });
    await until('it has begun', () => real.test.told('job').includes('job.started'));
    await scheduler.shutdown();
    expect(real.test.told('job').filter((type) => type !== 'job.finished')).toEqual([
      'job.added',
      'job.submitted',
      'job.started',
      'job.error',
    ]);
  });

  it('are not called before a date that is farther than any timer of Node', async () => {
    let early = 0;
    let ticks = 0;
    real = await RealScheduler.start(kind, {
      handlers: { far: () => (early += 1), tick: () => (ticks += 1) },
    });
    const { operations } = real.test.scheduler;
    const DAY = 86_400_000;
    await operations.addJobs([
      ...[24, 25, 30, 50, 60, 400, 36_500].map((days) => ({
        id: `in ${days} days`,
        handler: 'far',
        trigger: at(new Date(Date.now() + days * DAY)),
      })),
      { id: 'interval', handler: 'far', trigger: interval({ days: 49.75 }) },
      { id: 'tick', handler: 'tick', trigger: interval(20) },
    ]);
    await until('time has passed', () => ticks >= 10);
    expect(early).toBe(0);
    const { items } = await real.test.scheduler.getJobs({ handler: 'far' });
    expect(items.every(({ state, fireCount }) => state === 'active' && fireCount === 0)).toBe(true);
  });
});
