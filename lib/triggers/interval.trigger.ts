import type { DurationParts } from '../core/duration.js';
import { readDuration, UNIT_MS } from '../core/duration.js';
import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import { Trigger } from '../core/trigger.js';
import type { TriggerBinding, TriggerJson } from '../core/trigger.js';
import { Exceptions } from './except/exceptions.js';
import type { Instants } from './instants.js';
import { IntervalInstants } from './interval-instants.js';
import { dateOf, instantOf } from './options/date-value.js';
import { OptionReader } from './options/option-reader.js';
import type {
  ExceptOption,
  JitterOption,
  MaxFiresOption,
  WindowOptions,
  ZoneOption,
} from './options/shared-options.js';
import { TriggerRegistry } from './trigger-registry.js';
import { readWindow } from './windowed-instants.js';
import { describeDuration, describeLimits } from './words.js';

/**
 * Options of an {@link IntervalTrigger}: units that add up to the interval, and when it begins and ends.
 *
 * @publicApi
 */
export interface IntervalOptions
  extends DurationParts, WindowOptions, ExceptOption, ZoneOption, JitterOption, MaxFiresOption {}

const UNITS = Object.keys(UNIT_MS) as (keyof DurationParts)[];
const OPTIONS = [...UNITS, 'startDate', 'endDate', 'timezone', 'except', 'jitter', 'maxFires'];

/**
 * Every so often: `startDate`, one interval later, two intervals later and so on, counted in elapsed time. Nothing
 * drifts, and a change of clocks means nothing to it.
 *
 * Without `startDate` it begins one interval after its job is added; {@link bind} fixes that. As long as it is not
 * bound, it answers every question as if its job were added at the instant that is asked about.
 *
 * @example
 * new IntervalTrigger({ minutes: 5, startDate: '2026-01-01T00:00:00Z' }).next(date);
 * @publicApi
 */
export class IntervalTrigger extends Trigger {
  /** The interval in milliseconds. */
  readonly every: number;
  override readonly jitter: number;
  override readonly maxFires: number | null;

  /** Whether it has a `startDate`. */
  readonly isAnchored: boolean;
  /** Whether nothing is left for {@link bind} to fix. */
  readonly isBound: boolean;
  /** How many instants lie in `(after, upTo]`; absent when there are exceptions, which only a visit can tell. */
  declare readonly count?: (after: Date, upTo: Date) => number;

  readonly #json: TriggerJson;
  readonly #registry: TriggerRegistry;
  readonly #exceptions: Exceptions;
  readonly #end: number;
  readonly #needsZone: boolean;
  /** `null` as long as there is no anchor. */
  readonly #anchored: Instants | null;

  /** @throws InvalidTriggerError when the interval is not from 1 ms to 100 years, or an option makes no sense */
  constructor(options: IntervalOptions, registry: TriggerRegistry = TriggerRegistry.builtIn) {
    super();
    const reader = new OptionReader('interval', options, OPTIONS);
    this.every = readEvery(reader);
    const { from, to } = readWindow(reader);
    this.#end = to;
    this.#exceptions = Exceptions.read(reader, registry);
    this.#anchored = from === -Infinity ? null : this.#from(from);
    this.jitter = reader.jitter();
    this.maxFires = reader.maxFires();
    this.#needsZone = reader.zoneMatters && reader.timezone === undefined;
    this.isAnchored = this.#anchored !== null;
    this.isBound = this.isAnchored && !this.#needsZone;
    this.#registry = registry;
    this.#json = reader.json();
    if (this.#exceptions.isEmpty) {
      const value: IntervalTrigger['count'] = (after, upTo) =>
        this.#count(instantOf('after', after), instantOf('upTo', upTo));
      // Hidden, because equal triggers should compare as equal, and no two functions do.
      Object.defineProperty(this, 'count', { value });
    }
  }

  override bind(binding: TriggerBinding): IntervalTrigger {
    const now = instantOf('now', binding.now);
    const timezone = this.#needsZone ? { timezone: binding.timezone } : {};
    const except = this.#exceptions.bind(binding);
    const zoned = this.#with({ ...timezone, except });
    const anchor = this.#anchorAt(now);
    // With a start behind its end it would be refused; without one it finds nothing just the same.
    return zoned.isAnchored || anchor > zoned.#end
      ? zoned
      : zoned.#with({ startDate: new Date(anchor), except });
  }

  override first(now: Date): Date | null {
    const instant = instantOf('now', now);
    return dateOf(this.#instantsAt(instant).atOrAfter(instant));
  }

  override next(after: Date): Date | null {
    const instant = instantOf('after', after);
    return dateOf(this.#instantsAt(instant).atOrAfter(instant + 1));
  }

  override previous(atOrBefore: Date): Date | null {
    const instant = instantOf('atOrBefore', atOrBefore);
    // Without an anchor any instant may be one of its own.
    return dateOf((this.#anchored ?? this.#from(instant)).atOrBefore(instant));
  }

  override toJSON(): TriggerJson {
    return { ...this.#json };
  }

  override toString(): string {
    return `every ${describeDuration(this.every)}${describeLimits(this.#json)}`;
  }

  #with(options: Partial<IntervalOptions>): IntervalTrigger {
    return new IntervalTrigger({ ...this.#json, ...options }, this.#registry);
  }

  #count(after: number, upTo: number): number {
    return this.#instantsAt(after).count?.(after, upTo) ?? 0;
  }

  #instantsAt(asked: number): Instants {
    return this.#anchored ?? this.#from(this.#anchorAt(asked));
  }

  #from(anchor: number): Instants {
    return this.#exceptions.leave(new IntervalInstants(anchor, this.every, this.#end));
  }

  /** Where the interval begins when its job is added at `now`. */
  #anchorAt(now: number): number {
    const anchor = now + this.every;
    return this.every % 1000 === 0 ? Math.ceil(anchor / 1000) * 1000 : anchor;
  }
}

function readEvery(reader: OptionReader): number {
  const parts: Record<string, unknown> = {};
  for (const unit of UNITS) {
    if (reader.get(unit) !== undefined) {
      parts[unit] = reader.get(unit);
    }
  }
  const units = Object.keys(parts);
  const field = units.length === 1 ? `${units[0]}` : 'interval';
  const value = units.length === 1 ? parts[field] : parts;
  if (units.length === 0) {
    throw new InvalidTriggerError(field, value, `Give at least one of ${UNITS.join(', ')}.`);
  }
  const every = readDuration(parts);
  if (typeof every !== 'number') {
    throw new InvalidTriggerError(
      every.path.slice(1) || field,
      every.path ? every.value : value,
      every.cure,
    );
  }
  if (every === 0) {
    throw new InvalidTriggerError(field, value, 'An interval must be longer than 0.');
  }
  for (const unit of units) {
    reader.keep(unit, parts[unit] as number);
  }
  return every;
}
