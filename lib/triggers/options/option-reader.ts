import { readDuration } from '../../core/duration.js';
import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import type { JsonValue } from '../../core/json.js';
import type { TriggerJson } from '../../core/trigger.js';
import { DAY_MS, yearToDay } from '../time-zone/civil-date.js';
import { parseDateText } from '../time-zone/date-text.js';
import { findZone } from '../time-zone/find-zone.js';
import { TimeZone } from '../time-zone/time-zone.js';
import { timeOf } from './date-value.js';
import { mergeOptions } from './merge-options.js';

/** Version of the options of every built-in trigger type. */
const OPTIONS_VERSION = 1;

/** Dates in options lie between the years 1 and 9999, which is what ISO text has digits for. */
const MIN_DATE = (yearToDay(1) - 1) * DAY_MS;
const MAX_DATE = (yearToDay(10_000) + 1) * DAY_MS;

/**
 * Reads the options of one trigger, or its stored form, which differs by `type` and `version` only. Every option is
 * asked for by its name, checked, and kept in the form in which it is stored.
 */
export class OptionReader {
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #kept = new Map<string, JsonValue>();

  /** The option `timezone`. */
  readonly timezone: string | undefined;
  /** Its zone, UTC when it is not given. */
  readonly zone: TimeZone;

  /** Whether some option is a wall-clock time, so that the zone decides which instant it is. */
  zoneMatters = false;

  constructor(
    readonly type: string,
    options: unknown,
    private readonly names: readonly string[],
  ) {
    this.#given = mergeOptions(type, options) as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(this.#given)) {
      if (
        name !== 'type' &&
        name !== 'version' &&
        !names.includes(name) &&
        this.get(name) !== undefined
      ) {
        const cure = `${withArticle(type)} trigger has no such option. It has ${names.join(', ')}.`;
        throw new InvalidTriggerError(nameOf(name), this.get(name), cure);
      }
    }
    checkHead(type, this.#given);
    this.timezone = readTimezone(this.#given);
    this.zone = (this.timezone === undefined ? null : findZone(this.timezone)) ?? TimeZone.utc;
    if (this.timezone !== undefined) {
      this.keep('timezone', this.timezone);
    }
  }

  get(name: string): unknown {
    return this.#given[name];
  }

  keep(name: string, value: JsonValue): void {
    this.#kept.set(name, value);
  }

  /** What has been kept, in the order of the option names, so that equal triggers have equal text. */
  json(): TriggerJson {
    const json: Record<string, JsonValue> = { type: this.type, version: OPTIONS_VERSION };
    for (const name of this.names) {
      const value = this.#kept.get(name);
      if (value !== undefined) {
        json[name] = value;
      }
    }
    return json as TriggerJson;
  }

  /** A date option in milliseconds, `undefined` when it is not given. */
  date(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) {
      return undefined;
    }
    const date = this.readDate(name, value);
    this.keep(name, date.text);
    return date.instant;
  }

  /** Whether a date option is wall-clock time in a zone that is not known yet. */
  isFloating(name: string): boolean {
    const value = this.get(name);
    const text = typeof value === 'string' ? parseDateText(value) : null;
    return text?.offset === null && this.timezone === undefined;
  }

  /** A date from anywhere in the options, with the text that stands for it in the stored form. */
  readDate(name: string, value: unknown): { instant: number; text: string } {
    const instant = timeOf(value) ?? this.#readText(name, value);
    if (!(instant >= MIN_DATE && instant < MAX_DATE)) {
      const cure = 'Give a valid date between the years 1 and 9999.';
      throw new InvalidTriggerError(name, value, cure);
    }
    return { instant, text: typeof value === 'string' ? value : new Date(instant).toISOString() };
  }

  /** A whole number of at least `min`, `undefined` when it is not given. */
  wholeNumber(name: string, min: number, max = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.get(name);
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
      throw new InvalidTriggerError(name, value, `Give a whole number, ${range}.`);
    }
    this.keep(name, value);
    return value;
  }

  /** `jitter`, in milliseconds; 0 when it is not given. */
  jitter(): number {
    const value = this.get('jitter');
    if (value === undefined) {
      return 0;
    }
    const jitter = durationOf(value);
    if (typeof jitter !== 'number') {
      throw new InvalidTriggerError(`jitter${jitter.path}`, jitter.value, jitter.cure);
    }
    this.keep('jitter', jitter);
    return jitter;
  }

  /** `maxFires`, `null` when it is not given. */
  maxFires(): number | null {
    return this.get('maxFires') === null ? null : (this.wholeNumber('maxFires', 1) ?? null);
  }

  #readText(name: string, value: unknown): number {
    const text = typeof value === 'string' ? parseDateText(value) : null;
    if (!text) {
      const cure =
        'Give a Date, or ISO text of a date that exists, such as 2026-12-31T23:59:00+01:00 ' +
        'or, in the zone of the trigger, 2026-12-31 23:59.';
      throw new InvalidTriggerError(name, value, cure);
    }
    if (text.offset !== null) {
      return text.wall - text.offset;
    }
    this.zoneMatters = true;
    return this.zone.toInstant(text.wall);
  }
}

function checkHead(type: string, given: Readonly<Record<string, unknown>>): void {
  if (given.type !== undefined && given.type !== type) {
    throw new InvalidTriggerError('type', given.type, `This is the reader of ${type} triggers.`);
  }
  const { version } = given;
  if (version === undefined) {
    return;
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new InvalidTriggerError('version', version, `Give ${OPTIONS_VERSION}.`);
  }
  if (version > OPTIONS_VERSION) {
    const cure =
      `This release reads ${type} triggers up to version ${OPTIONS_VERSION}: ` +
      'a newer one wrote this. Upgrade.';
    throw new InvalidTriggerError('version', version, cure);
  }
}

function readTimezone({ timezone }: Readonly<Record<string, unknown>>): string | undefined {
  if (timezone === undefined || (typeof timezone === 'string' && findZone(timezone))) {
    return timezone;
  }
  const cure =
    'Give the IANA name of a zone, such as Europe/Berlin or UTC, or an offset such as +05:30.';
  throw new InvalidTriggerError('timezone', timezone, cure);
}

/** Durations are read without a guard, which is right for options that were written as code. */
function durationOf(value: unknown): ReturnType<typeof readDuration> {
  try {
    return readDuration(value);
  } catch {
    return { path: '', value, cure: 'Give milliseconds, or an object such as { seconds: 5 }.' };
  }
}

/** An unknown option may have any name: empty, of many lines, of a million characters. */
function nameOf(name: string): string {
  return /^[\w.-]{1,40}$/.test(name) ? name : `option ${JSON.stringify(name.slice(0, 40))}`;
}

function withArticle(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'An' : 'A'} ${type}`;
}
