import { describe, expect, it } from '@jest/globals';
import { InvalidOptionsError } from '../../../lib/core/errors/invalid-options.error.js';
import { inProcess } from '../../../lib/executors/in-process.executor.js';
import { DateTrigger } from '../../../lib/triggers/index.js';
import { readOptions } from '../../../lib/nest/options/read-options.js';
import { memoryStore } from '../../../lib/stores/memory/index.js';

const read = (options: object) => readOptions(options, {});

/** Field, value and text of the error that some options give. */
function fault(options: unknown): { field: string; value: unknown; message: string } {
  try {
    readOptions(options as object, {});
  } catch (error) {
    if (error instanceof InvalidOptionsError) {
      const { field, value, message } = error;
      return { field, value, message };
    }
    throw error;
  }
  throw new Error('The options were accepted.');
}

describe('options of forRoot()', () => {
  it('has a default for each', () => {
    const { stores, executors, clock, triggers, ...rest } = read({});
    expect(Object.keys(stores)).toEqual(['default']);
    expect(Object.keys(executors)).toEqual(['default']);
    expect(clock.now()).toBeGreaterThan(0);
    expect(triggers.isBuiltIn('cron')).toBe(true);
    expect(rest).toEqual({
      jobDefaults: {},
      timezone: 'UTC',
      autoStart: true,
      events: 'local',
      lead: 200,
      sweepInterval: 15_000,
      lease: { ttl: 10_000, renew: 3000, margin: 1000 },
      shutdownTimeout: 10_000,
    });
  });

  it('takes trigger types of the application, and refuses what makes none', () => {
    const { triggers } = read({
      triggers: { once: () => new DateTrigger({ runDate: new Date(0) }) },
    });
    expect(triggers.read({ type: 'once', version: 1 })).toBeInstanceOf(DateTrigger);
    expect(() => read({ triggers: { once: 5 as never } })).toThrow(
      /triggers\.once = 5\. Give a function/,
    );
    expect(() =>
      read({ triggers: { cron: () => new DateTrigger({ runDate: new Date(0) }) } }),
    ).toThrow(/built in/);
  });

  it('keeps what is given, with durations in milliseconds', () => {
    const scratch = memoryStore();
    const settings = read({
      stores: { scratch },
      executors: { default: inProcess({ concurrency: 3 }), 'for_mail-1': inProcess() },
      jobDefaults: { coalesce: false, maxInstances: 3, misfireGraceTime: { minutes: 1 } },
      timezone: 'Europe/Berlin',
      lead: { seconds: 1 },
      lease: { ttl: { seconds: 20 } },
    });
    expect(settings.stores.scratch).toBe(scratch);
    expect(Object.keys(settings.stores)).toEqual(['default', 'scratch']);
    expect(settings.executors.default?.concurrency).toBe(3);
    expect(settings.jobDefaults).toEqual({
      coalesce: 'all',
      maxInstances: 3,
      misfireGraceTime: 60_000,
    });
    expect(settings).toMatchObject({ timezone: 'Europe/Berlin', lead: 1000 });
    expect(settings.lease).toEqual({ ttl: 20_000, renew: 6000, margin: 1000 });
  });

  it('allows any lateness by null', () => {
    expect(read({ jobDefaults: { misfireGraceTime: null } }).jobDefaults).toEqual({
      misfireGraceTime: null,
    });
  });

  it.each([
    [{ storse: {} }, 'storse', {}, 'There are stores, executors'],
    [{ jobDefaults: { retries: 3 } }, 'jobDefaults.retries', 3, 'no such option in jobDefaults'],
    [{ jobDefaults: { maxInstances: 0 } }, 'jobDefaults.maxInstances', 0, 'from 1 to'],
    [{ jobDefaults: { coalesce: 'newest' } }, 'jobDefaults.coalesce', 'newest', '"latest"'],
    [{ jobDefaults: { misfireGraceTime: -1 } }, 'jobDefaults.misfireGraceTime', -1, 'duration'],
    [{ stores: { default: {} } }, 'stores.default', {}, 'memoryStore()'],
    [{ stores: [memoryStore()] }, 'stores', expect.anything(), 'an object of aliases'],
    [{ stores: { 'a b': memoryStore() } }, 'stores.a b', expect.anything(), '1 to 64 letters'],
    [{ executors: { default: 5 } }, 'executors.default', 5, 'inProcess('],
    [{ timezone: 'Mars/Olympus' }, 'timezone', 'Mars/Olympus', 'IANA'],
    [{ timezone: 1 }, 'timezone', 1, 'IANA'],
    [{ autoStart: 'no' }, 'autoStart', 'no', 'true or false'],
    [{ lead: NaN }, 'lead', NaN, 'milliseconds'],
    [{ lead: { minuets: 1 } }, 'lead', { minuets: 1 }, '.minuets is at fault'],
    [{ sweepInterval: 0 }, 'sweepInterval', 0, 'at least 100'],
    [{ lease: { ttl: 5000, renew: 3000 } }, 'lease.ttl', 5000, 'twice'],
    [{ lease: { ttl: 5000, margin: 4000 } }, 'lease.margin', 4000, 'less than'],
    [{ lease: 5 }, 'lease', 5, 'an object'],
    [{ clock: {} }, 'clock', {}, 'instance of Clock'],
    [5, 'options', 5, 'an object of options'],
  ])('refuses %j, naming field, value and cure', (options, field, value, cure) => {
    const found = fault(options);
    expect(found).toMatchObject({ field, value });
    expect(found.message).toContain(cure);
  });

  it('does not start when SCHEDULER_ENABLED is false, whatever autoStart says', () => {
    expect(readOptions({ autoStart: true }, { SCHEDULER_ENABLED: 'false' }).autoStart).toBe(false);
    expect(readOptions({ autoStart: true }, { SCHEDULER_ENABLED: ' False ' }).autoStart).toBe(
      false,
    );
    expect(readOptions({}, { SCHEDULER_ENABLED: 'true' }).autoStart).toBe(true);
    expect(readOptions({ autoStart: false }, { SCHEDULER_ENABLED: 'true' }).autoStart).toBe(false);
  });
});
