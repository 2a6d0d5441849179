import type { JsonValue } from './json.js';

/**
 * The stored form of a trigger: plain JSON that names its type and version.
 *
 * @example `{ type: 'interval', version: 1, minutes: 5 }`
 * @publicApi
 */
export interface TriggerJson {
  /** `cron`, `interval`, `date`, `calendarInterval`, `anyOf`, `allOf`, or a type of your own. */
  readonly type: string;
  /** Version of this type's options; a reader refuses a newer one than it knows. */
  readonly version: number;
  readonly [option: string]: JsonValue;
}

/** What a trigger is fixed to when its job is added. */
export interface TriggerBinding {
  /** The store's time when the job is added or its trigger edited. */
  readonly now: Date;
  /** IANA zone of the scheduler, for triggers that name none. */
  readonly timezone: string;
}

/**
 * A pure, stateless rule for planned instants. It has no memory and reads no clock: the same question has the same
 * answer on every node, for ever. All instants are whole milliseconds.
 *
 * Implement it for rules of your own. The methods must not search without a bound; one that finds nothing within its
 * bound throws `InvalidTriggerError`, by which the job is refused when it is added, and parked when it was running.
 *
 * @publicApi
 */
export abstract class Trigger {
  /**
   * Greatest random delay of a start in milliseconds, 0 for none. The planned instants do not contain it: the
   * scheduler adds it to the start.
   */
  abstract readonly jitter: number;

  /** How many instants may fire in a job's life, or `null` for no limit. The scheduler counts. */
  abstract readonly maxFires: number | null;

  /**
   * The same rule with its zone and anchor fixed, nested triggers too. Called once, when a job is added or its
   * trigger is edited; the bound form is what is stored.
   */
  abstract bind(binding: TriggerBinding): Trigger;

  /** First instant of a job that is added at `now`: at or after `now`, but a date trigger gives its date even when past. */
  abstract first(now: Date): Date | null;

  /** First instant strictly later than `after`, or `null` when there is none. */
  abstract next(after: Date): Date | null;

  /** Last instant at or before `atOrBefore`, or `null` when there is none. */
  abstract previous(atOrBefore: Date): Date | null;

  /**
   * Number of instants in `(after, upTo]`, where arithmetic can tell without visiting each.
   * Without it the scheduler visits a bounded number.
   */
  count?(after: Date, upTo: Date): number;

  /** The stored form, from which an equal trigger can be made. */
  abstract toJSON(): TriggerJson;

  /** The rule in plain words. */
  abstract toString(): string;
}
