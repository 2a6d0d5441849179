import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import { Trigger } from '../../core/trigger.js';
import type { TriggerBinding } from '../../core/trigger.js';
import type { Instants } from '../instants.js';
import { readMember } from '../member.js';
import { timeOf } from '../options/date-value.js';
import { listOf } from '../options/list-of.js';
import type { OptionReader } from '../options/option-reader.js';
import type { Exception } from '../options/shared-options.js';
import { DAY_MS } from '../time-zone/civil-date.js';
import { parseDateText } from '../time-zone/date-text.js';
import type { TriggerRegistry } from '../trigger-registry.js';
import { ExceptedInstants } from './excepted-instants.js';
import type { Exclusion } from './exclusion.js';
import { exclusionOf } from './exclusion-of.js';
import { InstantExclusion } from './instant-exclusion.js';
import { WallExclusion } from './wall-exclusion.js';

/** Public holidays of a lifetime fit in. */
const MAX_EXCEPTIONS = 5000;

/** The option `except` of a trigger. */
export class Exceptions {
  /** @throws InvalidTriggerError when an item is neither a date nor a trigger */
  static read(options: OptionReader, registry: TriggerRegistry): Exceptions {
    const given = options.get('except');
    if (given === undefined) {
      return Exceptions.#none;
    }
    const items = itemsOf(given);
    const read = items.map((item, index) => {
      const field = given === item ? 'except' : `except[${index}]`;
      const isDate = typeof item !== 'object' || item === null || timeOf(item) !== undefined;
      return isDate
        ? readDate(item, field, options)
        : readMember(item, field, registry, options.timezone);
    });
    const json = read.map((item) => (item instanceof Trigger ? item.toJSON() : item.text));
    options.keep('except', json);
    return new Exceptions(read, exclusionsOf(read, options));
  }

  static readonly #none = new Exceptions([], []);

  private constructor(
    private readonly items: readonly (Trigger | ListedDate)[],
    private readonly exclusions: readonly Exclusion[],
  ) {}

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** The option of the bound trigger. */
  bind(binding: TriggerBinding): readonly Exception[] | undefined {
    const bound = this.items.map((item) =>
      item instanceof Trigger ? item.bind(binding) : item.text,
    );
    return this.isEmpty ? undefined : bound;
  }

  /** What is left of some instants. */
  leave(instants: Instants): Instants {
    return this.isEmpty ? instants : new ExceptedInstants(instants, this.exclusions);
  }
}

function itemsOf(given: unknown): readonly unknown[] {
  const items = listOf(given, MAX_EXCEPTIONS);
  if (typeof items === 'number') {
    const cure = `Give ${MAX_EXCEPTIONS} at most, or a trigger that has them all.`;
    throw new InvalidTriggerError('except', `${items} items`, cure);
  }
  return items ?? [given];
}

interface ListedDate {
  readonly text: string;
  readonly instant: number;
  /** Number of the day from 1970-01-01 when the whole day is meant. */
  readonly day: number | null;
}

function readDate(item: unknown, field: string, options: OptionReader): ListedDate {
  const { instant, text } = options.readDate(field, item);
  const parsed = typeof item === 'string' ? parseDateText(item) : null;
  return { text, instant, day: parsed?.dateOnly ? parsed.wall / DAY_MS : null };
}

function exclusionsOf(
  items: readonly (Trigger | ListedDate)[],
  options: OptionReader,
): Exclusion[] {
  const exclusions: Exclusion[] = [];
  const days = new Set<number>();
  const instants = new Set<number>();
  for (const item of items) {
    if (item instanceof Trigger) {
      exclusions.push(exclusionOf(item));
    } else if (item.day === null) {
      instants.add(item.instant);
    } else {
      days.add(item.day);
    }
  }
  if (days.size > 0) {
    exclusions.push(new WallExclusion(options.zone, DAY_MS, (wall) => days.has(wall / DAY_MS)));
  }
  if (instants.size > 0) {
    exclusions.push(new InstantExclusion(instants));
  }
  return exclusions;
}
