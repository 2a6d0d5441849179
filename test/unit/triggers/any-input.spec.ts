import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cron,
  CronTrigger,
  InvalidTriggerError,
  preview,
  Trigger,
  triggerFrom,
} from '../../../lib/triggers/index.js';
import { crontabs } from './crontab-arbitrary.js';

/**
 * Calls `make` and asks what it made a few things. Returns the trigger, or `null` when it was refused by name.
 * Anything else that is thrown fails the test.
 */
function exercise(make: () => Trigger, now: Date): Trigger | null {
  let trigger: Trigger | null = null;
  try {
    trigger = make();
    trigger.next(now);
    trigger.previous(now);
    const bound = trigger.bind({ now, timezone: 'Europe/Berlin' });
    bound.first(now);
    bound.next(now);
    bound.previous(now);
    bound.count?.(now, new Date(8.64e15));
    String(bound);
    triggerFrom(JSON.parse(JSON.stringify(bound)));
  } catch (error) {
    if (
      !(error instanceof InvalidTriggerError) ||
      !/^Invalid trigger: .+ = [^]+\.[^]*$/.test(error.message)
    ) {
      throw error;
    }
  }
  return trigger;
}

const dates = fc.oneof(
  fc.date({ noInvalidDate: true }),
  fc.date({ min: new Date('1969-12-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
);

/** Text that is nearly a cron field. */
const scraps = fc.oneof(
  fc.constantFrom(
    '*',
    '?',
    'L',
    '*/',
    '-',
    ',',
    '#',
    '1-5',
    '*/5',
    '0',
    '7',
    '31',
    '59',
    '60',
    'mon',
    'jan',
    'last',
    '1st mon',
    '5L',
    '2#3',
    '@daily',
    'H',
    ' ',
    '',
    '1-',
    '99999999999999999999',
    '-0',
    '1e3',
    '٣',
    '\u0000',
  ),
  fc.nat(70).map(String),
);
const fieldTexts = fc.oneof(
  { weight: 3, arbitrary: scraps },
  { weight: 3, arbitrary: fc.constantFrom('*', '0', '1', '3', '1-5', '*/2', '4,5') },
  fc.array(scraps, { maxLength: 4 }).map((parts) => parts.join('')),
  fc.array(scraps, { maxLength: 4 }).map((parts) => parts.join(',')),
  fc.string({ maxLength: 12 }),
);
const CRON_FIELDS = ['year', 'month', 'day', 'week', 'dayOfWeek', 'hour', 'minute', 'second'];

const texts = fc.oneof(
  fc.array(fieldTexts, { minLength: 4, maxLength: 8 }).map((fields) => fields.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  crontabs,
);

const wild = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 2,
  maxKeys: 4,
});

/** What an option takes, or nearly takes; sometimes anything. */
function almost(...likely: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: fc.oneof(...likely) }, { weight: 1, arbitrary: wild });
}

const numbers = almost(fc.nat(12), fc.nat(12), fc.nat(70), fc.constantFrom(-1, 0.5, NaN, 1e300));
const fields = almost(fieldTexts, fc.nat(12), fc.nat(12));
const moments = almost(
  fc.constantFrom(
    '2026-03-29 02:30',
    '2026-02-28',
    '2027-01-01',
    '2026-01-01T00:00Z',
    '2026-02-30',
    'soon',
  ),
  fc.date(),
);

const shared = {
  startDate: moments,
  endDate: moments,
  timezone: almost(fc.constantFrom('Europe/Berlin', 'UTC', '+05:30', 'Pacific/Apia', 'Mars')),
  jitter: almost(fc.nat(), fc.constantFrom({ seconds: 5 }, -1)),
  maxFires: almost(fc.nat(5)),
};

const { json: jsons } = fc.letrec<{ json: unknown; except: unknown }>((tie) => {
  const options = (
    type: string,
    own: Record<string, fc.Arbitrary<unknown>>,
  ): fc.Arbitrary<object> => {
    const known: Record<string, fc.Arbitrary<unknown>> = {
      ...own,
      ...shared,
      except: tie('except'),
    };
    return fc
      .subarray(Object.keys(known), { maxLength: 3 })
      .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, known[name]!]))))
      .map((given) => ({ type, version: 1, ...given }));
  };
  const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'];
  const all = (
    names: readonly string[],
    values: fc.Arbitrary<unknown>,
  ): Record<string, typeof values> => Object.fromEntries(names.map((name) => [name, values]));
  const composite = (type: string): fc.Arbitrary<unknown> =>
    fc
      .tuple(options(type, {}), almost(fc.array(tie('json'), { minLength: 1, maxLength: 3 })))
      .map(([json, triggers]) => ({ ...json, triggers }));
  return {
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      options('interval', all(units.slice(2), numbers)),
      options('cron', all(CRON_FIELDS, fields)),
      options('cron', { expression: almost(texts) }),
      fc.tuple(options('date', {}), moments).map(([json, runDate]) => ({ ...json, runDate })),
      options('calendarInterval', all([...units.slice(0, 4), 'hour', 'minute'], numbers)),
      fc.string({ maxLength: 5 }).map((type) => ({ type, version: 1 })),
      composite('anyOf'),
      composite('allOf'),
    ),
    except: almost(fc.array(moments, { maxLength: 3 }), moments, tie('json')),
  };
});

describe('Whatever it is given, the library answers with a trigger or a named error:', () => {
  it('40,000 texts as crontab', () => {
    let valid = 0;
    fc.assert(
      fc.property(texts, dates, (text, now) => {
        valid += exercise(() => CronTrigger.fromCrontab(text), now) ? 1 : 0;
      }),
      { seed: 1, numRuns: 40_000 },
    );
    expect(valid).toBeGreaterThan(4000);
  });

  it('20,000 texts as cron fields', () => {
    const given = fc.dictionary(fc.constantFrom(...CRON_FIELDS), fieldTexts, {
      minKeys: 1,
      maxKeys: 3,
    });
    let valid = 0;
    fc.assert(
      fc.property(given, dates, (options, now) => {
        valid += exercise(() => triggerFrom(cron(options)), now) ? 1 : 0;
      }),
      { seed: 2, numRuns: 20_000 },
    );
    expect(valid).toBeGreaterThan(1000);
  });

  it('30,000 objects as JSON', () => {
    let valid = 0;
    fc.assert(
      fc.property(jsons, dates, (json, now) => {
        valid += exercise(() => triggerFrom(json), now) ? 1 : 0;
      }),
      { seed: 3, numRuns: 30_000 },
    );
    expect(valid).toBeGreaterThan(3000);
  });

  it('10,000 values of any kind, to each way of making one', () => {
    fc.assert(
      fc.property(wild, wild, (value, option) => {
        const now = new Date('2026-01-01T00:00Z');
        for (const make of [
          () => triggerFrom(value),
          () => triggerFrom(cron(value as never, option as never)),
          () => triggerFrom({ type: 'date', version: 1, runDate: value, timezone: option }),
          () => triggerFrom(cron('@daily', { except: value as never, jitter: option as never })),
        ]) {
          exercise(make, now);
        }
      }),
      { seed: 4, numRuns: 10_000 },
    );
  });

  it('objects that do not want to be read', () => {
    const trap = (): never => {
      throw new Error('trap');
    };
    const throwing = Object.defineProperty({ type: 'cron' }, 'hour', {
      enumerable: true,
      get: trap,
    });
    const fakeDate: unknown = Object.create(Date.prototype);
    const unprintable = { toJSON: trap, toString: trap, [Symbol.toPrimitive]: trap };
    for (const value of [throwing, fakeDate, unprintable]) {
      for (const make of [
        () => triggerFrom(value),
        () => triggerFrom(cron(value as never)),
        () => triggerFrom(cron('@daily', value as object)),
        () => triggerFrom(cron('@daily', { startDate: value as Date })),
        () => triggerFrom(cron('@daily', { except: value as Date })),
        () => triggerFrom(cron('@daily', { timezone: value as string })),
        () => triggerFrom({ type: 'anyOf', version: 1, triggers: [value] }),
        () => triggerFrom({ type: 'anyOf', version: 1, triggers: value }),
      ]) {
        exercise(make, new Date(0));
      }
      expect(() => triggerFrom(cron('@daily')).next(value as Date)).toThrow(InvalidTriggerError);
      expect(() => preview(value as never, 1, new Date(0))).toThrow(InvalidTriggerError);
    }
  });
});
