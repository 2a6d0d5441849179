import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobDefinition } from '../../../lib/index.js';
import { at, cron, CronTrigger, interval } from '../../../lib/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { expectFullText, refusalOf } from './refusal.js';

/** A field and a value that makes no sense for it. Made when it is used, because builders refuse some by themselves. */
type Fault = readonly [title: string, field: string, fault: () => object];

const LONG = 'x'.repeat(10_000);
const LONE = 'half \ud83d of a pair';
const NUL = 'a\u0000b';

class Money {
  readonly cents = 5;
}

function cycle(): unknown {
  const ring: Record<string, unknown> = {};
  ring.again = { ring };
  return ring;
}

function nested(depth: number): unknown {
  return depth === 0 ? 'deep' : [nested(depth - 1)];
}

const TRIGGERS: readonly Fault[] = [
  [
    'cron text with a minute that there is none of',
    'expression',
    () => ({ trigger: cron('61 * * * *') }),
  ],
  ['cron text with too few fields', 'expression', () => ({ trigger: cron('* * * *') })],
  ['cron text with too many fields', 'expression', () => ({ trigger: cron('* * * * * * * *') })],
  ['cron text of words', 'expression', () => ({ trigger: cron('every other day') })],
  ['empty cron text', 'expression', () => ({ trigger: cron('') })],
  ['a macro that there is none of', 'expression', () => ({ trigger: cron('@never') })],
  ['cron text that is a number', 'expression', () => ({ trigger: cron(5 as never) })],
  ['cron text with NUL', 'expression', () => ({ trigger: cron(`* * * * ${NUL}`) })],
  ['a day that never comes', 'expression', () => ({ trigger: cron('0 0 30 2 *') })],
  ['a cron field out of range', 'hour', () => ({ trigger: cron({ hour: 24 }) })],
  ['a cron field that there is none of', 'hours', () => ({ trigger: cron({ hours: 4 } as never) })],
  ['a class with a bad field', 'hour', () => ({ trigger: new CronTrigger({ hour: 'noon' }) })],
  [
    'a zone that there is none of',
    'timezone',
    () => ({ trigger: cron('0 5 * * *', { timezone: 'Mars/Olympus' }) }),
  ],
  [
    'a zone that is no text',
    'timezone',
    () => ({ trigger: cron('0 5 * * *', { timezone: 1 as never }) }),
  ],
  ['an empty zone', 'timezone', () => ({ trigger: cron('0 5 * * *', { timezone: '' }) })],
  ['an interval of 0', 'milliseconds', () => ({ trigger: interval(0) })],
  ['an interval of 0 hours', 'hours', () => ({ trigger: interval({ hours: 0 }) })],
  ['a negative interval', 'milliseconds', () => ({ trigger: interval(-1000) })],
  ['a negative interval of minutes', 'minutes', () => ({ trigger: interval({ minutes: -5 }) })],
  ['an interval that is NaN', 'milliseconds', () => ({ trigger: interval(NaN) })],
  ['an interval of NaN seconds', 'seconds', () => ({ trigger: interval({ seconds: NaN }) })],
  ['an infinite interval', 'milliseconds', () => ({ trigger: interval(Infinity) })],
  ['an interval beyond range', 'weeks', () => ({ trigger: interval({ weeks: 1e9 }) })],
  ['an interval of a part of a millisecond', 'milliseconds', () => ({ trigger: interval(0.5) })],
  [
    'an interval of units that there are none of',
    'fortnights',
    () => ({ trigger: interval({ fortnights: 1 } as never) }),
  ],
  ['an interval of nothing', 'interval', () => ({ trigger: interval({}) })],
  ['an interval that is text', 'seconds', () => ({ trigger: interval({ seconds: '5' as never }) })],
  [
    'an end that is no date',
    'endDate',
    () => ({ trigger: interval({ hours: 1 }, { endDate: 'never' }) }),
  ],
  ['a negative jitter', 'jitter', () => ({ trigger: interval({ hours: 1 }, { jitter: -1 }) })],
  ['no fires at all', 'maxFires', () => ({ trigger: interval({ hours: 1 }, { maxFires: 0 }) })],
  ['text that is no date', 'runDate', () => ({ trigger: at('tomorrow') })],
  ['empty text for a date', 'runDate', () => ({ trigger: at('') })],
  ['a day that February has not', 'runDate', () => ({ trigger: at('2026-02-30T00:00:00Z') })],
  ['an hour that no day has', 'runDate', () => ({ trigger: at('2026-02-03T25:00:00Z') })],
  ['an invalid Date', 'runDate', () => ({ trigger: at(new Date(NaN)) })],
  ['a number for a date', 'runDate', () => ({ trigger: at(5 as never) })],
  ['no trigger', 'trigger', () => ({ trigger: undefined })],
  ['text for a trigger', 'trigger', () => ({ trigger: 'daily' })],
  ['an empty trigger', 'trigger', () => ({ trigger: {} })],
  ['an array for a trigger', 'trigger', () => ({ trigger: [] })],
  [
    'a type of trigger that there is none of',
    'type',
    () => ({ trigger: { type: 'lunar', version: 1 } }),
  ],
  [
    'a trigger of a release to come',
    'version',
    () => ({ trigger: { type: 'cron', version: 99, expression: '* * * * *' } }),
  ],
];

const JOBS: readonly Fault[] = [
  ...(['id', 'name'] as const).flatMap((field): Fault[] => [
    [`an empty ${field}`, field, () => ({ [field]: '' })],
    [`${field} of 10,000 characters`, field, () => ({ [field]: LONG })],
    [`${field} of 201 characters`, field, () => ({ [field]: 'x'.repeat(201) })],
    [`${field} with NUL`, field, () => ({ [field]: NUL })],
    [`${field} with half a surrogate pair`, field, () => ({ [field]: LONE })],
    [`${field} that is a number`, field, () => ({ [field]: 7 })],
    [`${field} that is null`, field, () => ({ [field]: null })],
    [`${field} that is an object`, field, () => ({ [field]: { toString: () => 'x' } })],
  ]),
  ['no handler', 'handler', () => ({ handler: undefined })],
  ['an empty handler', 'handler', () => ({ handler: '' })],
  ['a function for a handler', 'handler', () => ({ handler: () => undefined })],
  ['a number for a store', 'store', () => ({ store: 7 })],
  ['null for an executor', 'executor', () => ({ executor: null })],
  ['args that are text', 'args', () => ({ args: 'hello' })],
  ['args that are an object', 'args', () => ({ args: { 0: 'hello', length: 1 } })],
  ['args that are null', 'args', () => ({ args: null })],
  ...(
    [
      ['a function', () => undefined],
      ['undefined', undefined],
      ['a symbol', Symbol('s')],
      ['a BigInt', 5n],
      ['NaN', NaN],
      ['infinity', -Infinity],
      ['a Map', new Map([['a', 1]])],
      ['a Set', new Set([1])],
      ['a Date', new Date(0)],
      ['a RegExp', /x/],
      ['a Buffer', Buffer.from('x')],
      ['an Error', new Error('x')],
      ['a class instance', new Money()],
      ['a promise', Promise.resolve(1)],
      ['a boxed text', Object('x') as unknown],
      ['a cycle', cycle()],
      ['100 levels', nested(100)],
      ['text with NUL', NUL],
      ['text with half a surrogate pair', LONE],
      ['a key with NUL', { [NUL]: 1 }],
      ['a key with half a surrogate pair', { [LONE]: 1 }],
      ['a hole', [1, , 3]], // oxlint-disable-line no-sparse-arrays
      ['something far below', { a: [{ b: [undefined] }] }],
    ] as const
  ).flatMap(([title, value]): Fault[] => [
    [`args with ${title}`, 'args', () => ({ args: ['fine', value] })],
    [`metadata with ${title}`, 'metadata', () => ({ metadata: { fine: 1, value } })],
  ]),
  ['args that are huge', 'args', () => ({ args: ['x'.repeat(300_000)] })],
  ['args that are many', 'args', () => ({ args: Array.from({ length: 200_000 }, () => 1) })],
  ['metadata that are huge', 'metadata', () => ({ metadata: { text: 'x'.repeat(300_000) } })],
  ['metadata that are an array', 'metadata', () => ({ metadata: [1] })],
  ['metadata that are text', 'metadata', () => ({ metadata: 'red' })],
  ...wrong('coalesce', ['newest', 1, null, {}]),
  ...wrong('maxInstances', [0, -1, 1.5, NaN, Infinity, '3', null, 10_001, {}]),
  ...wrong('maxCatchUp', [0, -1, 1.5, NaN, '3', null, 10_001]),
  ...wrong('overlap', ['replace', 'Skip', true, null]),
  ...wrong('recovery', ['ignore', true, null]),
  ...wrong('misfireGraceTime', [
    -1,
    NaN,
    Infinity,
    '5s',
    0.5,
    1e15,
    { lightyears: 1 },
    { seconds: '5' },
    { seconds: -5 },
    [],
  ]),
  ...wrong('priority', [4, -1, 1.5, 'high', NaN, null]),
  ...wrong('tags', ['red', [7], [''], [NUL], ['x'.repeat(201)], null, { 0: 'red' }]),
  [
    'more than 100 tags',
    'tags',
    () => ({ tags: Array.from({ length: 101 }, (_, tag) => `tag ${tag}`) }),
  ],
  ...wrong('enabled', ['yes', 1, null]),
  ...wrong('replaceExisting', ['yes', 1, null]),
  ...wrong('nextFireAt', ['soon', '', '2026-02-30', new Date(NaN), 5, true, {}]),
  ['an option that there is none of', 'maxInstance', () => ({ maxInstance: 3 })],
  ['an option of another library', 'misfire_grace_time', () => ({ misfire_grace_time: 3 })],
];

function wrong(field: string, values: readonly unknown[]): Fault[] {
  return values.map((value) => [
    `${field} = ${JSON.stringify(value)}`,
    field,
    () => ({ [field]: value }),
  ]);
}

describe('A definition that makes no sense', () => {
  let test: TestScheduler;

  beforeAll(async () => {
    test = new TestScheduler({ handlers: { work: () => undefined } });
    await test.scheduler.start();
    await add({ id: 'present', metadata: { kept: true } });
  });

  afterAll(async () => {
    await test.scheduler.shutdown();
  });

  function add(fields: object): Promise<unknown> {
    return test.scheduler.operations.addJob({
      handler: 'work',
      trigger: cron('0 5 * * *'),
      ...fields,
    });
  }

  /** What is stored, as a caller and as a listener see it. */
  async function stored(): Promise<unknown> {
    const { items } = await test.scheduler.getJobs();
    return { jobs: JSON.stringify(items), told: test.events.length };
  }

  it.each(TRIGGERS)('is refused for its trigger: %s', async (_, field, fault) => {
    const before = await stored();
    const refusal = await refusalOf(() => add(fault()));
    expect(refusal).toMatchObject({ name: 'InvalidTriggerError', field });
    expectFullText(refusal);
    expect(await stored()).toEqual(before);
  });

  it.each(JOBS)('is refused for %s', async (_, field, fault) => {
    const before = await stored();
    const refusal = await refusalOf(() => add(fault()));
    expect(refusal.name).toBe('InvalidJobError');
    expect(String(refusal.field)).toMatch(new RegExp(`^${field}(?:$|[[.])`));
    expectFullText(refusal);
    expect(await stored()).toEqual(before);
  });

  it.each(TRIGGERS)('is no change either, for its trigger: %s', async (_, field, fault) => {
    const before = await stored();
    // A change without a trigger is no fault.
    const change = (): object => {
      const given = fault();
      return 'trigger' in given && given.trigger === undefined ? { trigger: null } : given;
    };
    const refusal = await refusalOf(() => test.scheduler.operations.modifyJob('present', change()));
    expect(refusal).toMatchObject({ name: 'InvalidTriggerError', field });
    const other = await refusalOf(() =>
      test.scheduler.operations.rescheduleJob('present', Reflect.get(fault(), 'trigger') as never),
    );
    expect([other.name, other.field]).toEqual([refusal.name, refusal.field]);
    expect(await stored()).toEqual(before);
  });

  const changes = JOBS.filter(([, , fault]) => {
    const given = fault();
    return !('handler' in given && given.handler === undefined);
  });

  it.each(changes)('is no change either, for %s', async (_, __, fault) => {
    const before = await stored();
    const refusal = await refusalOf(() => test.scheduler.operations.modifyJob('present', fault()));
    expect(refusal.name).toBe('InvalidJobError');
    expectFullText(refusal);
    expect(await stored()).toEqual(before);
  });

  it.each([
    [
      'UnknownHandlerError',
      { handler: 'nobody' },
      /"nobody".*known: work.*@JobHandler\("nobody"\)/,
    ],
    ['UnknownStoreError', { store: 'nowhere' }, /"nowhere".*default/],
    ['UnknownExecutorError', { executor: 'nobody' }, /"nobody".*default/],
    ['ConflictingJobIdError', { id: 'present' }, /"present".*replaceExisting/],
  ])('is refused with %s', async (name, fields, text) => {
    const before = await stored();
    const refusal = await refusalOf(() => add(fields));
    expect(refusal.name).toBe(name);
    expect(refusal.message).toMatch(text);
    expect(await stored()).toEqual(before);
  });

  it.each([[null], [undefined], ['daily'], [5], [[]], [() => undefined]])(
    'is refused when it is no object at all (%p)',
    async (definition) => {
      const before = await stored();
      const refusal = await refusalOf(() => test.scheduler.operations.addJob(definition as never));
      expect(refusal).toMatchObject({ name: 'InvalidJobError', field: 'definition' });
      expectFullText(refusal);
      expect(await stored()).toEqual(before);
    },
  );

  it('keeps all others out that come with it', async () => {
    const before = await stored();
    const good = (id: string): JobDefinition => ({ id, handler: 'work', trigger: cron('@daily') });
    const batches: readonly (readonly [string, JobDefinition])[] = [
      ['InvalidJobError', { ...good('c'), maxInstances: 0 }],
      ['UnknownHandlerError', { ...good('c'), handler: 'nobody' }],
      ['ConflictingJobIdError', good('a')],
      ['ConflictingJobIdError', good('present')],
    ];
    for (const [name, bad] of batches) {
      const refusal = await refusalOf(() =>
        test.scheduler.operations.addJobs([good('a'), good('b'), bad]),
      );
      expect(refusal.name).toBe(name);
    }
    expect(await stored()).toEqual(before);
  });
});
