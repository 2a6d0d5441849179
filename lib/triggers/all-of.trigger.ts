import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import { Trigger } from '../core/trigger.js';
import type { TriggerBinding, TriggerJson } from '../core/trigger.js';
import { CommonInstants } from './common-instants.js';
import { Composite } from './composite-options.js';
import type { CompositeOptions } from './composite-options.js';
import { AllExclusion } from './except/all-exclusion.js';
import type { Exclusion } from './except/exclusion.js';
import { exclusionOf } from './except/exclusion-of.js';
import type { ExcludingTrigger } from './except/exclusion-of.js';
import { WindowedExclusion } from './except/windowed-exclusion.js';
import type { Instants } from './instants.js';
import { dateOf, instantOf } from './options/date-value.js';
import { DAY_MS, yearToDay } from './time-zone/civil-date.js';
import { TriggerRegistry } from './trigger-registry.js';
import { describeLimits } from './words.js';

/** No date that an option can name is earlier. */
const EARLIEST = yearToDay(1) * DAY_MS;

/**
 * Whenever all of its members fire at one instant, to the millisecond. Members know nothing of each other.
 *
 * Members that never agree are refused as soon as their starts and zones are known, at construction or by {@link bind}.
 * The search is bounded: where members agree too rarely to be found, `next` and `previous` throw an
 * InvalidTriggerError, which the scheduler answers by parking the job.
 *
 * @example
 * new AllOfTrigger({ triggers: [cron('0 9 13 * *'), cron('0 9 * * fri')] }).next(date);
 * @publicApi
 */
export class AllOfTrigger extends Trigger implements ExcludingTrigger {
  override readonly jitter: number;
  override readonly maxFires: number | null;
  /** Whether all members have their starts. */
  readonly isAnchored: boolean;
  /** Whether nothing is left for {@link bind} to fix. */
  readonly isBound: boolean;

  readonly #composite: Composite;
  readonly #registry: TriggerRegistry;
  readonly #instants: Instants;

  /** @throws InvalidTriggerError when there is no member, members never agree, or an option makes no sense */
  constructor(options: CompositeOptions, registry: TriggerRegistry = TriggerRegistry.builtIn) {
    super();
    const composite = new Composite('allOf', options, registry);
    this.#composite = composite;
    this.#registry = registry;
    const common = new CommonInstants(composite.members);
    this.#instants = composite.limit(common);
    this.jitter = composite.jitter;
    this.maxFires = composite.maxFires;
    this.isAnchored = composite.isAnchored;
    this.isBound = composite.isBound;
    if (composite.isComparable && Number.isNaN(common.atOrAfter(EARLIEST))) {
      const cure = 'No instant is common to all of them. Check what each one allows.';
      throw new InvalidTriggerError('triggers', composite.members.map(String), cure);
    }
  }

  override bind(binding: TriggerBinding): AllOfTrigger {
    return new AllOfTrigger(this.#composite.bind(binding), this.#registry);
  }

  override first(now: Date): Date | null {
    const asked = instantOf('now', now);
    return dateOf(this.#anchoredAt(asked).#instants.atOrAfter(asked));
  }

  override next(after: Date): Date | null {
    const asked = instantOf('after', after);
    return dateOf(this.#anchoredAt(asked).#instants.atOrAfter(asked + 1));
  }

  override previous(atOrBefore: Date): Date | null {
    return dateOf(this.#instants.atOrBefore(instantOf('atOrBefore', atOrBefore)));
  }

  override toJSON(): TriggerJson {
    return this.#composite.reader.json();
  }

  override toString(): string {
    const members = this.#composite.members.map(String).join('; and at once ');
    return `${members}${describeLimits(this.toJSON())}`;
  }

  /** @internal */
  toExclusion(): Exclusion | null {
    const { members, exceptions, window } = this.#composite;
    const inner = new AllExclusion(members.map(exclusionOf));
    return exceptions.isEmpty ? new WindowedExclusion(inner, window.from, window.to) : null;
  }

  #anchoredAt(asked: number): AllOfTrigger {
    return this.isAnchored ? this : this.bind({ now: new Date(asked), timezone: 'UTC' });
  }
}
