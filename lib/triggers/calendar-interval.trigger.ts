import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import { Trigger } from '../core/trigger.js';
import type { TriggerBinding, TriggerJson } from '../core/trigger.js';
import { CalendarSteps } from './calendar-steps.js';
import type { CalendarStep } from './calendar-steps.js';
import { Exceptions } from './except/exceptions.js';
import type { Instants } from './instants.js';
import { dateOf, instantOf } from './options/date-value.js';
import { OptionReader } from './options/option-reader.js';
import type {
  ExceptOption,
  JitterOption,
  MaxFiresOption,
  WindowOptions,
  ZoneOption,
} from './options/shared-options.js';
import { DAY_MS } from './time-zone/civil-date.js';
import { parseDateText } from './time-zone/date-text.js';
import type { TimeZone } from './time-zone/time-zone.js';
import { TriggerRegistry } from './trigger-registry.js';
import { within } from './windowed-instants.js';
import { describeCalendarStep, describeLimits } from './words.js';

/**
 * Options of a {@link CalendarIntervalTrigger}: how far the days are apart, at least one day in all, and the time of
 * day.
 *
 * @publicApi
 */
export interface CalendarIntervalOptions
  extends WindowOptions, ExceptOption, ZoneOption, JitterOption, MaxFiresOption {
  readonly years?: number | undefined;
  readonly months?: number | undefined;
  readonly weeks?: number | undefined;
  readonly days?: number | undefined;
  /** 0 to 23. Default 0. */
  readonly hour?: number | undefined;
  /** 0 to 59. Default 0. */
  readonly minute?: number | undefined;
  /** 0 to 59. Default 0. */
  readonly second?: number | undefined;
}

const STEPS = ['years', 'months', 'weeks', 'days'] as const;

const OPTIONS = [
  ...STEPS,
  ...['hour', 'minute', 'second'],
  ...['startDate', 'endDate', 'timezone', 'except', 'jitter', 'maxFires'],
];

/** Longer than any calendar; the sums stay far inside what a number can hold exactly. */
const MAX_STEP = 100_000;

/**
 * A time of day on every so many days, weeks, months or years, counted from the day of `startDate`. The k-th day is k
 * whole steps after the start: first the years and months, then the weeks and days. Where a month has no such day,
 * as with the 31st, the step is left out.
 *
 * `startDate` and `endDate` are days, and both count: `2026-01-31`. Given with a time, they limit the instants too.
 * Without a start, the days are counted from the day when the job is added. A time that the clocks skip moves forward
 * by what they skip; one that they show twice is the first.
 *
 * @example
 * new CalendarIntervalTrigger({ months: 1, startDate: '2026-01-31', hour: 9, timezone: 'Europe/Berlin' }).next(date);
 * @publicApi
 */
export class CalendarIntervalTrigger extends Trigger {
  override readonly jitter: number;
  override readonly maxFires: number | null;
  /** Whether it has a `startDate`. */
  readonly isAnchored: boolean;
  /** Whether nothing is left for {@link bind} to fix. */
  readonly isBound: boolean;

  readonly #json: TriggerJson;
  readonly #registry: TriggerRegistry;
  readonly #exceptions: Exceptions;
  readonly #zone: TimeZone;
  readonly #timezone: string | undefined;
  readonly #step: CalendarStep;
  readonly #time: number;
  readonly #end: DayLimit | null;
  readonly #anchored: Instants | null;

  /** @throws InvalidTriggerError when the step is shorter than a day, or an option makes no sense */
  constructor(
    options: CalendarIntervalOptions,
    registry: TriggerRegistry = TriggerRegistry.builtIn,
  ) {
    super();
    const reader = new OptionReader('calendarInterval', options, OPTIONS);
    this.#zone = reader.zone;
    this.#timezone = reader.timezone;
    this.#step = readStep(reader);
    this.#time = readTime(reader);
    const start = readLimit(reader, 'startDate');
    this.#end = readLimit(reader, 'endDate');
    if (start && this.#end && (start.day > this.#end.day || start.from > this.#end.to)) {
      const cure = 'It must not be earlier than startDate.';
      throw new InvalidTriggerError('endDate', reader.get('endDate'), cure);
    }
    this.#exceptions = Exceptions.read(reader, registry);
    this.#anchored = start ? this.#from(start) : null;
    this.isAnchored = start !== null;
    this.isBound = this.isAnchored && this.#timezone !== undefined;
    this.jitter = reader.jitter();
    this.maxFires = reader.maxFires();
    this.#registry = registry;
    this.#json = reader.json();
  }

  override bind(binding: TriggerBinding): CalendarIntervalTrigger {
    if (this.isBound && this.#exceptions.isEmpty) {
      return this;
    }
    const timezone = this.#timezone ?? binding.timezone;
    const except = this.#exceptions.bind({ ...binding, timezone });
    const options = { ...this.#json, timezone, except } as CalendarIntervalOptions;
    const zoned = new CalendarIntervalTrigger(options, this.#registry);
    return zoned.isAnchored ? zoned : zoned.#startOn(instantOf('now', binding.now), options);
  }

  override first(now: Date): Date | null {
    const asked = instantOf('now', now);
    return dateOf(this.#instantsAt(asked).atOrAfter(asked));
  }

  override next(after: Date): Date | null {
    const asked = instantOf('after', after);
    return dateOf(this.#instantsAt(asked).atOrAfter(asked + 1));
  }

  override previous(atOrBefore: Date): Date | null {
    const asked = instantOf('atOrBefore', atOrBefore);
    return dateOf(this.#instantsAt(asked).atOrBefore(asked));
  }

  override toJSON(): TriggerJson {
    return { ...this.#json };
  }

  override toString(): string {
    return `${describeCalendarStep(this.#step, this.#time)}${describeLimits(this.#json)}`;
  }

  /** The same with a start, unless that would be behind its end. */
  #startOn(now: number, options: CalendarIntervalOptions): CalendarIntervalTrigger {
    const day = dayAt(this.#zone, now);
    if (this.#end && (day > this.#end.day || now > this.#end.to)) {
      return this;
    }
    const startDate = new Date(day * DAY_MS).toISOString().slice(0, 10);
    return new CalendarIntervalTrigger({ ...options, startDate }, this.#registry);
  }

  #instantsAt(asked: number): Instants {
    return this.#anchored ?? this.#from({ day: dayAt(this.#zone, asked), from: -Infinity, to: 0 });
  }

  #from({ day, from }: DayLimit): Instants {
    const { day: lastDay = Infinity, to = Infinity } = this.#end ?? {};
    const steps = new CalendarSteps(day, lastDay, this.#step, this.#time, this.#zone);
    return this.#exceptions.leave(within(steps, { from, to }));
  }
}

/** A day on which to begin or end, and the instant in it when one was given. */
interface DayLimit {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

function readLimit(reader: OptionReader, name: 'startDate' | 'endDate'): DayLimit | null {
  const value = reader.get(name);
  const instant = reader.date(name);
  if (instant === undefined) {
    return null;
  }
  const text = typeof value === 'string' ? parseDateText(value) : null;
  return text?.dateOnly
    ? { day: text.wall / DAY_MS, from: -Infinity, to: Infinity }
    : { day: dayAt(reader.zone, instant), from: instant, to: instant };
}

function dayAt(zone: TimeZone, instant: number): number {
  return Math.floor(zone.toWall(instant) / DAY_MS);
}

function readStep(reader: OptionReader): CalendarStep {
  const [years = 0, months = 0, weeks = 0, days = 0] = STEPS.map((name) =>
    reader.wholeNumber(name, 0, MAX_STEP),
  );
  if (years + months + weeks + days === 0) {
    const cure = 'Give at least one of years, months, weeks and days, 1 or more.';
    throw new InvalidTriggerError('days', reader.get('days'), cure);
  }
  return { months: years * 12 + months, days: weeks * 7 + days };
}

/** Milliseconds from midnight on the clock on the wall. */
function readTime(reader: OptionReader): number {
  const hour = reader.wholeNumber('hour', 0, 23) ?? 0;
  const minute = reader.wholeNumber('minute', 0, 59) ?? 0;
  const second = reader.wholeNumber('second', 0, 59) ?? 0;
  return (hour * 3600 + minute * 60 + second) * 1000;
}
