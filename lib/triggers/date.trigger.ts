import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import { Trigger } from '../core/trigger.js';
import type { TriggerBinding, TriggerJson } from '../core/trigger.js';
import { dateOf, instantOf } from './options/date-value.js';
import { OptionReader } from './options/option-reader.js';
import type { JitterOption, ZoneOption } from './options/shared-options.js';
import { describeDate } from './words.js';

/**
 * Options of a {@link DateTrigger}.
 *
 * @publicApi
 */
export interface DateOptions extends ZoneOption, JitterOption {
  /** When to fire: a Date, or ISO text. Text without an offset is wall-clock time in the trigger's zone. */
  readonly runDate: Date | string;
}

const OPTIONS = ['runDate', 'timezone', 'jitter'];

/**
 * One instant.
 *
 * A wall-clock time that the clocks skip moves forward by what they skip; one that they show twice is the first.
 *
 * @example
 * new DateTrigger({ runDate: '2026-12-31 23:59', timezone: 'Europe/Berlin' }).next(new Date(0));
 * @publicApi
 */
export class DateTrigger extends Trigger {
  override readonly jitter: number;
  override readonly maxFires = null;
  /** Whether nothing is left for {@link bind} to fix. */
  readonly isBound: boolean;

  readonly #json: TriggerJson;
  readonly #instant: number;

  /** @throws InvalidTriggerError when `runDate` is no date, or an option makes no sense */
  constructor(options: DateOptions) {
    super();
    const reader = new OptionReader('date', options, OPTIONS);
    const instant = reader.date('runDate');
    if (instant === undefined) {
      throw new InvalidTriggerError('runDate', instant, 'Say when: a Date, or ISO text.');
    }
    this.#instant = instant;
    this.isBound = !reader.zoneMatters || reader.timezone !== undefined;
    this.jitter = reader.jitter();
    this.#json = reader.json();
  }

  override bind({ timezone }: TriggerBinding): DateTrigger {
    return this.isBound ? this : new DateTrigger({ ...this.#options(), timezone });
  }

  /** The date, even when it is past: a job that is added too late is due at once. */
  override first(_now?: Date): Date | null {
    return dateOf(this.#instant);
  }

  override next(after: Date): Date | null {
    return this.#instant > instantOf('after', after) ? dateOf(this.#instant) : null;
  }

  override previous(atOrBefore: Date): Date | null {
    return this.#instant <= instantOf('atOrBefore', atOrBefore) ? dateOf(this.#instant) : null;
  }

  override count(after: Date, upTo: Date): number {
    const counts =
      this.#instant > instantOf('after', after) && this.#instant <= instantOf('upTo', upTo);
    return counts ? 1 : 0;
  }

  override toJSON(): TriggerJson {
    return { ...this.#json };
  }

  override toString(): string {
    return `once at ${describeDate(this.#json.runDate, this.#json.timezone)}`;
  }

  #options(): DateOptions {
    return this.#json as TriggerJson & DateOptions;
  }
}
