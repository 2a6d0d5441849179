import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import { Trigger } from '../core/trigger.js';
import type { TriggerJson } from '../core/trigger.js';

/**
 * Makes a trigger from its stored form. What it throws reaches the caller as an InvalidTriggerError.
 *
 * @publicApi
 */
export type TriggerFactory = (json: TriggerJson) => Trigger;

/** A trigger, or its stored form. What is wanted wherever a trigger is asked for. */
export type TriggerInput = Trigger | TriggerJson;

type BuiltInFactory = (json: unknown, registry: TriggerRegistry) => Trigger;

/**
 * Filled by trigger-from.ts. Triggers that hold others read them through the registry, and importing their classes
 * here would be a circle.
 */
export const builtInTypes = new Map<string, BuiltInFactory>();

/** Deeper than any sensible rule, and the end of one that contains itself. */
const MAX_DEPTH = 16;

/**
 * The trigger types that stored forms are read with: the built-in ones and those of the application.
 *
 * @example
 * const registry = new TriggerRegistry({ sunrise: (json) => new SunriseTrigger(json) });
 * triggerFrom({ type: 'sunrise', version: 1, latitude: 52.5 }, registry);
 * @publicApi
 */
export class TriggerRegistry {
  /** Only the built-in types. */
  static readonly builtIn: TriggerRegistry = new TriggerRegistry();

  readonly #own: ReadonlyMap<string, TriggerFactory>;
  readonly #depth: number;

  /**
   * @param types factories by the `type` of the stored forms that they read
   * @throws InvalidTriggerError when a type is built in, or a factory is no function
   */
  constructor(types: Readonly<Record<string, TriggerFactory>> = {}, depth = 0) {
    this.#own = new Map(Object.entries(types));
    this.#depth = depth;
    for (const [type, factory] of this.#own) {
      if (builtInTypes.has(type)) {
        throw new InvalidTriggerError(
          `triggers.${type}`,
          type,
          'This type is built in: choose another.',
        );
      }
      if (typeof factory !== 'function') {
        const cure = 'Give a function that makes a Trigger from its JSON.';
        throw new InvalidTriggerError(`triggers.${type}`, factory, cure);
      }
    }
  }

  /** Whether a stored form of this type is read by the library itself. */
  isBuiltIn(type: unknown): boolean {
    return typeof type === 'string' && builtInTypes.has(type);
  }

  /**
   * The trigger of a stored form; a trigger is returned as it is.
   *
   * @param field what to call the value in an error
   * @throws InvalidTriggerError when the type is unknown, or its options make no sense
   */
  read(value: unknown, field = 'trigger'): Trigger {
    if (isTrigger(value)) {
      return value;
    }
    const type = typeOf(value, field);
    if (this.#depth > MAX_DEPTH) {
      const cure = `Triggers are nested more than ${MAX_DEPTH} deep, or contain themselves.`;
      throw new InvalidTriggerError(field, type, cure);
    }
    const builtIn = builtInTypes.get(type);
    return builtIn
      ? builtIn(value, new TriggerRegistry(Object.fromEntries(this.#own), this.#depth + 1))
      : this.#readOwn(type, value as TriggerJson, field);
  }

  #readOwn(type: string, json: TriggerJson, field: string): Trigger {
    const factory = this.#own.get(type);
    if (!factory) {
      const known = [...builtInTypes.keys(), ...this.#own.keys()].join(', ');
      const cure = `Known types are ${known}. Give a type of your own to forRoot({ triggers }), or upgrade.`;
      throw new InvalidTriggerError('type', type, cure);
    }
    let trigger: unknown;
    try {
      trigger = factory(json);
    } catch (error) {
      if (error instanceof InvalidTriggerError) {
        throw error;
      }
      const reason = error instanceof Error ? error.message : String(error);
      const cure = `The factory of type "${type}" failed: ${reason}`;
      throw new InvalidTriggerError(field, json, cure, { cause: error });
    }
    if (!isTrigger(trigger)) {
      const cure = `The factory of type "${type}" must return an instance of Trigger.`;
      throw new InvalidTriggerError(field, trigger, cure);
    }
    return trigger;
  }
}

function isTrigger(value: unknown): value is Trigger {
  try {
    return value instanceof Trigger;
  } catch {
    // A proxy may refuse to tell.
    return false;
  }
}

function typeOf(value: unknown, field: string): string {
  let type: unknown;
  try {
    type = (value as { type?: unknown } | null | undefined)?.type;
  } catch {
    // A getter that throws is as good as none.
  }
  if (typeof value !== 'object' || typeof type !== 'string') {
    const cure = 'Give a trigger, such as cron("0 5 * * *"), or its JSON with type and version.';
    throw new InvalidTriggerError(field, value, cure);
  }
  return type;
}
