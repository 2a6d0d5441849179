import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import { Trigger } from '../../core/trigger.js';
import type { TriggerBinding, TriggerJson } from '../../core/trigger.js';
import { AnyExclusion } from '../except/any-exclusion.js';
import { Exceptions } from '../except/exceptions.js';
import type { ExcludingTrigger } from '../except/exclusion-of.js';
import type { Exclusion } from '../except/exclusion.js';
import { TriggerExclusion } from '../except/trigger-exclusion.js';
import { WindowedExclusion } from '../except/windowed-exclusion.js';
import type { Instants } from '../instants.js';
import { dateOf, instantOf } from '../options/date-value.js';
import { mergeOptions } from '../options/merge-options.js';
import { OptionReader } from '../options/option-reader.js';
import type {
  ExceptOption,
  JitterOption,
  MaxFiresOption,
  WindowOptions,
  ZoneOption,
} from '../options/shared-options.js';
import type { TimeZone } from '../time-zone/time-zone.js';
import { TriggerRegistry } from '../trigger-registry.js';
import { readWindow, within } from '../windowed-instants.js';
import type { TimeWindow } from '../windowed-instants.js';
import { describeLimits } from '../words.js';
import { coveredBy } from './covered-time.js';
import { CRON_FIELD_NAMES } from './cron-field.js';
import type { CronFieldValues } from './cron-fields.js';
import { compileFields } from './cron-fields.js';
import type { CronParts } from './cron-schedule.js';
import { CronSchedule } from './cron-schedule.js';
import { describeCron } from './cron-words.js';
import { compileCrontab } from './crontab-text.js';
import { ZonedInstants } from './zoned-instants.js';

/**
 * Fields of a cron trigger. Each takes a number or text: `*`, `5`, `1-5`, a step such as `0-30/10`, a list of such.
 * Of the fields not given, those more significant than the least significant given one match everything, those less
 * significant are at their minimum. All that are given have to match.
 *
 * @publicApi
 */
export interface CronFields {
  /** 1970 to 9999. */
  readonly year?: number | string | undefined;
  /** 1 to 12, or `jan` to `dec`. */
  readonly month?: number | string | undefined;
  /** 1 to 31, `last`, or a weekday of the month such as `2nd fri` or `last sun`. */
  readonly day?: number | string | undefined;
  /** ISO week, 1 to 53. */
  readonly week?: number | string | undefined;
  /** 0 to 6 from Monday on, or `mon` to `sun`. */
  readonly dayOfWeek?: number | string | undefined;
  /** 0 to 23. */
  readonly hour?: number | string | undefined;
  /** 0 to 59. */
  readonly minute?: number | string | undefined;
  /** 0 to 59. */
  readonly second?: number | string | undefined;
}

/**
 * Options of a {@link CronTrigger} beside its fields or text.
 *
 * @publicApi
 */
export interface CronSettings
  extends WindowOptions, ExceptOption, ZoneOption, JitterOption, MaxFiresOption {}

/**
 * Options of a {@link CronTrigger}: either fields or an expression.
 *
 * @publicApi
 */
export interface CronOptions extends CronFields, CronSettings {
  /**
   * Crontab text: minute hour day month weekday; 6 fields with seconds in front; 7 with the year behind; or a macro
   * such as `@daily`. Weekdays count from 0 = Sunday, 7 is Sunday too.
   */
  readonly expression?: string | undefined;
}

const OPTIONS = [
  'expression',
  ...CRON_FIELD_NAMES,
  ...['startDate', 'endDate', 'timezone', 'except', 'jitter', 'maxFires'],
];

/**
 * Wall-clock times that match fields or crontab text, in a zone.
 *
 * When clocks change, only the hour field decides. If it matches all 24 hours, every existing match fires, so that
 * minute `0,30` is every half hour of elapsed time. Otherwise a time that the clocks skip moves forward by what they
 * skip, one that they show twice is taken the first time, and nothing fires twice at one instant.
 *
 * @example
 * new CronTrigger({ dayOfWeek: 'mon-fri', hour: 5, minute: 30, timezone: 'Europe/Berlin' }).next(date);
 * CronTrigger.fromCrontab('30 5 * * mon-fri', { timezone: 'Europe/Berlin' }).next(date);
 * @publicApi
 */
export class CronTrigger extends Trigger implements ExcludingTrigger {
  /**
   * The trigger of crontab text.
   *
   * @param expression 5 to 7 fields or a macro, as in {@link CronOptions}
   * @throws InvalidTriggerError when it is no such text, or an option makes no sense
   */
  static fromCrontab(expression: string, settings: CronSettings = {}): CronTrigger {
    return new CronTrigger(mergeOptions('cron', settings, { expression }));
  }

  override readonly jitter: number;
  override readonly maxFires: number | null;
  /** Whether it names its zone, so that nothing is left for {@link bind} to fix. */
  readonly isBound: boolean;

  readonly #json: TriggerJson;
  readonly #registry: TriggerRegistry;
  readonly #exceptions: Exceptions;
  readonly #parts: CronParts;
  readonly #zone: TimeZone;
  readonly #timezone: string | undefined;
  readonly #window: TimeWindow;
  readonly #instants: Instants;

  /** @throws InvalidTriggerError when a field, the text or an option makes no sense, or nothing ever matches */
  constructor(options: CronOptions, registry: TriggerRegistry = TriggerRegistry.builtIn) {
    super();
    const reader = new OptionReader('cron', options, OPTIONS);
    this.#zone = reader.zone;
    this.#timezone = reader.timezone;
    this.#parts = readParts(reader);
    const schedule = new CronSchedule(this.#parts);
    if (Number.isNaN(schedule.atOrAfter(0))) {
      const given = ['expression', 'day'].find((name) => reader.get(name) !== undefined);
      const cure =
        'No date matches all of it, like February 30. Check day, month, week, weekday and year.';
      const value = given === undefined ? options : reader.get(given);
      throw new InvalidTriggerError(given ?? 'fields', value, cure);
    }
    this.#window = readWindow(reader);
    this.#exceptions = Exceptions.read(reader, registry);
    const instants = new ZonedInstants(schedule, this.#zone);
    this.#instants = this.#exceptions.leave(within(instants, this.#window));
    this.jitter = reader.jitter();
    this.maxFires = reader.maxFires();
    this.#registry = registry;
    this.#json = reader.json();
    this.isBound = this.#timezone !== undefined;
  }

  override bind(binding: TriggerBinding): CronTrigger {
    if (this.isBound && this.#exceptions.isEmpty) {
      return this;
    }
    const timezone = this.#timezone ?? binding.timezone;
    const except = this.#exceptions.bind({ ...binding, timezone });
    return new CronTrigger({ ...this.#json, timezone, except }, this.#registry);
  }

  override first(now: Date): Date | null {
    return dateOf(this.#instants.atOrAfter(instantOf('now', now)));
  }

  override next(after: Date): Date | null {
    return dateOf(this.#instants.atOrAfter(instantOf('after', after) + 1));
  }

  override previous(atOrBefore: Date): Date | null {
    return dateOf(this.#instants.atOrBefore(instantOf('atOrBefore', atOrBefore)));
  }

  override toJSON(): TriggerJson {
    return { ...this.#json };
  }

  override toString(): string {
    return `${describeCron(this.#parts)}${describeLimits(this.#json)}`;
  }

  /**
   * As an exception it stands for whole units of time, those of its finest field: days, hours, minutes or seconds.
   * With exceptions of its own it is just its instants.
   *
   * @internal
   */
  toExclusion(): Exclusion | null {
    if (!this.#exceptions.isEmpty) {
      return null;
    }
    const { from, to } = this.#window;
    const covered = coveredBy(this.#json, this.#parts, this.#zone);
    // Its instants too: a time that the clocks skip fires at another than its own.
    return new AnyExclusion([new WindowedExclusion(covered, from, to), new TriggerExclusion(this)]);
  }
}

function readParts(reader: OptionReader): CronParts {
  const expression = reader.get('expression');
  const fields: CronFieldValues = {};
  for (const name of CRON_FIELD_NAMES) {
    const value = reader.get(name);
    if (value !== undefined) {
      fields[name] = value;
    }
  }
  if (expression === undefined) {
    const parts = compileFields(fields);
    for (const [name, value] of Object.entries(fields)) {
      reader.keep(name, value as number | string);
    }
    return parts;
  }
  const [field] = Object.keys(fields);
  if (field !== undefined) {
    throw new InvalidTriggerError(
      field,
      reader.get(field),
      'Give fields or an expression, not both.',
    );
  }
  const parts = compileCrontab(expression);
  reader.keep('expression', expression as string);
  return parts;
}
