import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cron } from '../../../lib/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { expectFullText, refusalOf } from './refusal.js';

const NUL = 'a\u0000b';

type Fault = readonly [field: string, query: unknown];

const PAGES: readonly Fault[] = [
  ['query', null],
  ['query', 'all'],
  ['query', []],
  ['limit', { limit: 0 }],
  ['limit', { limit: -1 }],
  ['limit', { limit: 1001 }],
  ['limit', { limit: 2.5 }],
  ['limit', { limit: NaN }],
  ['limit', { limit: '10' }],
  ['limit', { limit: null }],
  ['cursor', { cursor: 5 }],
  ['cursor', { cursor: 'nonsense' }],
  ['cursor', { cursor: '' }],
  ['cursor', { cursor: Buffer.from('[]').toString('base64url') }],
  ['cursor', { cursor: Buffer.from('["default",{}]').toString('base64url') }],
  ['store', { store: 7 }],
  ['store', { store: null }],
  ['offset', { offset: 10 }],
];

const JOBS: readonly Fault[] = [
  ['state', { state: 'sleeping' }],
  ['state', { state: ['active', 'sleeping'] }],
  ['state', { state: 1 }],
  ['handler', { handler: 7 }],
  ['handler', { handler: NUL }],
  ['tags', { tags: 7 }],
  ['tags', { tags: ['red', 7] }],
  ['tags', { tags: NUL }],
  ['origin', { origin: 'cron' }],
  ['id', { id: 'x' }],
];

const RUNS: readonly Fault[] = [
  ['jobId', { jobId: 7 }],
  ['jobId', { jobId: NUL }],
  ['state', { state: 'active' }],
  ['from', { from: 'yesterday' }],
  ['from', { from: '2026-02-30T00:00:00Z' }],
  ['from', { from: new Date(NaN) }],
  ['from', { from: 5 }],
  ['to', { to: '2026-02-03' }],
  ['handler', { handler: 'work' }],
];

const OPTIONS: readonly Fault[] = [
  ['options', null],
  ['options', 'default'],
  ['store', { store: 7 }],
  ['ifVersion', { ifVersion: '1' }],
  ['ifVersion', { ifVersion: 1.5 }],
  ['ifVersion', { ifVersion: NaN }],
  ['ifversion', { ifversion: 1 }],
];

describe('A question or an option that makes no sense', () => {
  let test: TestScheduler;

  beforeAll(async () => {
    test = new TestScheduler({ handlers: { work: () => undefined } });
    await test.scheduler.start();
    await test.scheduler.operations.addJob(JOB);
  });

  afterAll(async () => {
    await test.scheduler.shutdown();
  });

  const JOB = { id: 'present', handler: 'work', trigger: cron('0 5 * * *') };

  async function stored(): Promise<unknown> {
    const { items } = await test.scheduler.getJobs();
    return { jobs: JSON.stringify(items), told: test.events.length };
  }

  async function expectRefusal(field: string, attempt: () => unknown): Promise<void> {
    const before = await stored();
    const refusal = await refusalOf(attempt);
    expect(refusal).toMatchObject({ name: 'InvalidJobError', field });
    expectFullText(refusal);
    expect(await stored()).toEqual(before);
  }

  it.each([...PAGES, ...JOBS])('is refused by getJobs: %s of %j', async (field, query) => {
    await expectRefusal(field, () => test.scheduler.getJobs(query as object));
  });

  it.each([...PAGES, ...RUNS])('is refused by getRuns: %s of %j', async (field, query) => {
    await expectRefusal(field, () => test.scheduler.getRuns(query as object));
  });

  it.each([...JOBS, ['query', null], ['limit', { limit: 1 }], ['stroe', { stroe: 'x' }]] as const)(
    'is refused by what works on many jobs: %s of %j',
    async (field, query) => {
      const { operations } = test.scheduler;
      await expectRefusal(field, () => operations.removeAllJobs(query as object));
      await expectRefusal(field, () => operations.pauseJobs(query as object));
      await expectRefusal(field, () => operations.resumeJobs(query as object));
      await expectRefusal(field, () => test.scheduler.exportJobs(query as object));
    },
  );

  it.each(OPTIONS)('is refused by every operation: %s of %j', async (field, given) => {
    const { operations } = test.scheduler;
    const options = given as object;
    await expectRefusal(field, () => operations.addJob({ ...JOB, id: 'other' }, options));
    await expectRefusal(field, () => operations.modifyJob('present', { name: 'x' }, options));
    await expectRefusal(field, () => operations.rescheduleJob('present', cron('@daily'), options));
    await expectRefusal(field, () => operations.pauseJob('present', options));
    await expectRefusal(field, () => operations.resumeJob('present', options));
    await expectRefusal(field, () => operations.removeJob('present', options));
    await expectRefusal(field, () => operations.runJob('present', options));
    await expectRefusal(field, () => test.scheduler.getJob('present', options));
  });

  it.each([
    null,
    undefined,
    'jobs',
    {},
    { version: 2, jobs: [] },
    { version: 1, jobs: 'all' },
    { version: 1, jobs: [5] },
  ])('is no export: %j', async (data) => {
    const before = await stored();
    const refusal = await refusalOf(() => test.scheduler.importJobs(data as never));
    expect(refusal.name).toBe('InvalidJobError');
    expectFullText(refusal);
    expect(await stored()).toEqual(before);
  });

  it.each([null, undefined, 5, 'jobs', {}])('is no list of definitions: %j', async (list) => {
    await expectRefusal('definitions', () => test.scheduler.operations.addJobs(list as never));
  });

  it('is no store that nobody has', async () => {
    const { scheduler } = test;
    for (const attempt of [
      () => scheduler.getJobs({ store: 'nowhere' }),
      () => scheduler.getRuns({ store: 'nowhere' }),
      () => scheduler.getJob('present', { store: 'nowhere' }),
      () => scheduler.operations.pauseJob('present', { store: 'nowhere' }),
      () => scheduler.operations.removeAllJobs({ store: 'nowhere' }),
      () => scheduler.operations.addJob({ ...JOB, id: 'other' }, { store: 'nowhere' }),
    ]) {
      expect((await refusalOf(attempt)).name).toBe('UnknownStoreError');
    }
  });
});
