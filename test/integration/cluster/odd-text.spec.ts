import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../../lib/core/json.js';
import { at, cron } from '../../../lib/index.js';
import { RealScheduler, type StoreKind } from '../../support/cluster/real-scheduler.js';
import { until } from '../../support/cluster/until.js';

const ODD = [
  `it's`,
  `''; drop schema scheduler cascade; --`,
  `"quoted"`,
  '`backticks`',
  'back\\slash \\n \\u0041 \\',
  '$1 $$ $tag$ :name @p ?',
  '%_like%',
  '{"json": [1, null]}',
  '{a,"b",NULL}',
  'NULL',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'toString',
  ' leading and trailing ',
  'tab\tnew\nline\rfeed\fbell\u0007',
  'ü ß 漢字 😀 👨‍👩‍👧 e\u0301 \u00e9',
  'right \u202eto left\u202c \u200b \ufeff',
  '\uffff\u{10ffff}',
  '0',
  '-1',
  '.',
  '/',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'x'.repeat(200),
  '😀'.repeat(100),
];

const HANDLERS = ODD.map((name) => `handler ${name}`.slice(0, 200).toWellFormed());

const NUL = 'a\u0000b';
const LONE = 'half \ud83d of a pair';

describe.each<StoreKind>(['memory', 'postgres'])('Odd text, with jobs in %s', (kind) => {
  let real: RealScheduler;
  let test: RealScheduler['test'];

  beforeAll(async () => {
    real = await RealScheduler.start(kind, {
      handlers: {
        echo: ({ jobId, args }) => ({ jobId, args }),
        ...Object.fromEntries(HANDLERS.map((name) => [name, () => name])),
      },
    });
    ({ test } = real);
  });

  afterAll(async () => {
    await real.stop();
  });

  it.each(ODD)('is an id like any other: %j', async (id) => {
    const { operations } = test.scheduler;
    const given = {
      id,
      name: id,
      handler: 'echo',
      args: [id, { [id]: id }],
      tags: [id],
      metadata: { [id]: [id], text: id },
      trigger: cron('0 5 * * *'),
    };
    const added = await operations.addJob(given);
    const { trigger: _, ...plain } = given;
    expect(added).toMatchObject(plain);

    expect(await test.scheduler.getJob(id)).toEqual(added);
    expect((await test.scheduler.getJobs({ tags: [id] })).items).toEqual([added]);
    expect(await operations.pauseJob(id)).toMatchObject({ id, state: 'paused', version: 2 });
    expect(await operations.modifyJob(id, { name: id.toUpperCase() })).toMatchObject({
      version: 3,
    });
    expect(await operations.resumeJob(id)).toMatchObject({ id, state: 'active' });

    const run = await operations.runJob(id);
    const finished = await until('the run is final', async () => {
      const seen = await test.scheduler.getRun(run.id);
      return seen?.finishedAt ? seen : undefined;
    });
    expect(finished).toMatchObject({
      jobId: id,
      state: 'succeeded',
      result: { jobId: id, args: given.args },
    });
    expect((await test.scheduler.getRuns({ jobId: id })).items).toEqual([finished]);

    await operations.removeJob(id);
    expect(await test.scheduler.getJob(id)).toBeNull();
    expect((await test.scheduler.getRuns({ jobId: id })).items).toHaveLength(1);
  });

  it('is a name of a handler like any other', async () => {
    const { operations } = test.scheduler;
    const jobs = await operations.addJobs(
      HANDLERS.map((handler) => ({ handler, trigger: at(new Date()) })),
    );
    await until('all have run', () =>
      jobs.every(({ id }) => test.ofType('job.executed').some(({ jobId }) => jobId === id)),
    );
    expect(test.ofType('job.error')).toEqual([]);
  });

  it('keeps whatever JSON there is, to the last digit', async () => {
    const args: readonly JsonValue[] = [
      0,
      -0.1,
      1e308,
      5e-324,
      Number.MAX_SAFE_INTEGER,
      0.1 + 0.2,
      '',
      ' ',
      true,
      null,
      [],
      {},
      [[[]]],
      { '': '', b: 1, a: { d: 1, c: 2 }, 10: 'ten', 9: 'nine' },
      'x'.repeat(200_000),
    ];
    const job = await test.scheduler.operations.addJob({
      handler: 'echo',
      args,
      metadata: { args: args.slice(0, -1) },
      trigger: at(new Date()),
    });
    expect(job.args).toEqual(args);
    const { result } = await until('the outcome', () =>
      test.ofType('job.executed').find(({ jobId }) => jobId === job.id),
    );
    expect(result).toEqual({ jobId: job.id, args });
    expect(await test.scheduler.getJob(job.id)).toMatchObject({
      args,
      metadata: { args: args.slice(0, -1) },
    });
  });

  it.each([NUL, LONE, '', 'x'.repeat(10_000), undefined, null, 5, {}, ['a']])(
    'that no job can have as its id is found nowhere: %p',
    async (odd) => {
      const id = odd as string;
      const { operations } = test.scheduler;
      expect(await test.scheduler.getJob(id)).toBeNull();
      for (const attempt of [
        () => operations.pauseJob(id),
        () => operations.resumeJob(id),
        () => operations.modifyJob(id, { name: 'x' }),
        () => operations.rescheduleJob(id, cron('* * * * *')),
        () => operations.removeJob(id),
        () => operations.runJob(id),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
      }
    },
  );

  it.each([NUL, LONE])('that no job can hold is no condition: %p', async (text) => {
    for (const ask of [
      () => test.scheduler.getJobs({ tags: text }),
      () => test.scheduler.getJobs({ tags: ['fine', text] }),
      () => test.scheduler.getJobs({ handler: text }),
      () => test.scheduler.getRuns({ jobId: text }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'INVALID_JOB' });
    }
  });

  it('is no trouble for the first and the last date that there is', async () => {
    const [from, to] = [new Date(-8.64e15), new Date(8.64e15)];
    const { items } = await test.scheduler.getRuns({ from, to, limit: 1000 });
    expect(items).toEqual((await test.scheduler.getRuns({ limit: 1000 })).items);
    expect((await test.scheduler.getRuns({ from: to, to: from })).items).toEqual([]);
  });

  it.each([
    'nonsense',
    '',
    'default',
    'default.1',
    'default.1.0',
    'default.1.0.0.0',
    'default.x.0.0',
    'default.99999999999999999999999999.0.0',
    'default.1.zzzzzzzzzzzzzzzzzzzzzz.0',
    'default.1.-zzzzzzzzzz.0',
    'default.1.0.zzzzzzzzzz',
    `default.1.0.0; drop schema scheduler`,
    undefined,
    null,
    5,
    {},
  ])('is the id of no run: %p', async (odd) => {
    expect(await test.scheduler.getRun(odd as string)).toBeNull();
  });

  it.each([
    Buffer.from('["default","x"]').toString('base64url'),
    Buffer.from('["default",["x",0,0]]').toString('base64url'),
    Buffer.from('["default",["99999999999999999999999",0,0]]').toString('base64url'),
    Buffer.from('["default",["1",9007199254740991,9007199254740991]]').toString('base64url'),
    Buffer.from('["default",["1",0.5,0]]').toString('base64url'),
    Buffer.from('["default","\\u0000"]').toString('base64url'),
    Buffer.from('["nowhere","x"]').toString('base64url'),
    'nonsense',
  ])('is no cursor, or one that leads somewhere: %s', async (cursor) => {
    for (const ask of [
      () => test.scheduler.getJobs({ cursor }),
      () => test.scheduler.getRuns({ cursor }),
    ]) {
      const code = await ask().then(
        () => 'INVALID_JOB',
        (error: { code: string }) => error.code,
      );
      expect(code).toBe('INVALID_JOB');
    }
  });
});
