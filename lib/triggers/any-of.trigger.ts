import { Trigger } from '../core/trigger.js';
import type { TriggerBinding, TriggerJson } from '../core/trigger.js';
import { Composite } from './composite-options.js';
import type { CompositeOptions } from './composite-options.js';
import { AnyExclusion } from './except/any-exclusion.js';
import type { Exclusion } from './except/exclusion.js';
import { exclusionOf } from './except/exclusion-of.js';
import type { ExcludingTrigger } from './except/exclusion-of.js';
import { WindowedExclusion } from './except/windowed-exclusion.js';
import type { Instants } from './instants.js';
import { askAfter, askBefore, askFirst } from './member.js';
import { dateOf, instantOf } from './options/date-value.js';
import { TriggerRegistry } from './trigger-registry.js';
import { describeLimits } from './words.js';

/**
 * Whenever at least one of its members fires. Members know nothing of each other; where several fire at one instant,
 * it is one.
 *
 * @example
 * new AnyOfTrigger({ triggers: [cron('0 9 * * mon-fri'), cron('0 11 * * sat,sun')] }).next(date);
 * @publicApi
 */
export class AnyOfTrigger extends Trigger implements ExcludingTrigger {
  override readonly jitter: number;
  override readonly maxFires: number | null;
  /** Whether all members have their starts. */
  readonly isAnchored: boolean;
  /** Whether nothing is left for {@link bind} to fix. */
  readonly isBound: boolean;

  readonly #composite: Composite;
  readonly #registry: TriggerRegistry;
  readonly #instants: Instants;

  /** @throws InvalidTriggerError when there is no member, or a member or an option makes no sense */
  constructor(options: CompositeOptions, registry: TriggerRegistry = TriggerRegistry.builtIn) {
    super();
    const composite = new Composite('anyOf', options, registry);
    this.#composite = composite;
    this.#registry = registry;
    this.#instants = composite.limit(new AnyInstants(composite.members));
    this.jitter = composite.jitter;
    this.maxFires = composite.maxFires;
    this.isAnchored = composite.isAnchored;
    this.isBound = composite.isBound;
  }

  override bind(binding: TriggerBinding): AnyOfTrigger {
    return new AnyOfTrigger(this.#composite.bind(binding), this.#registry);
  }

  /** When nothing is left but dates that are past, the earliest of these. */
  override first(now: Date): Date | null {
    const asked = instantOf('now', now);
    const found = this.#anchoredAt(asked).#instants.atOrAfter(asked);
    return dateOf(Number.isNaN(found) ? this.#firstPast(asked) : found);
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
    const members = this.#composite.members.map(String).join('; or ');
    return `${members}${describeLimits(this.toJSON())}`;
  }

  /** @internal */
  toExclusion(): Exclusion | null {
    const { members, exceptions, window } = this.#composite;
    const inner = new AnyExclusion(members.map(exclusionOf));
    return exceptions.isEmpty ? new WindowedExclusion(inner, window.from, window.to) : null;
  }

  #anchoredAt(asked: number): AnyOfTrigger {
    return this.isAnchored ? this : this.bind({ now: new Date(asked), timezone: 'UTC' });
  }

  #firstPast(now: number): number {
    const firsts = this.#composite.members
      .map((member, index) => askFirst(member, `triggers[${index}]`, now))
      .filter((first) => this.#instants.atOrBefore(first) === first);
    return firsts.length === 0 ? NaN : Math.min(...firsts);
  }
}

class AnyInstants implements Instants {
  constructor(private readonly members: readonly Trigger[]) {}

  atOrAfter(instant: number): number {
    let first = NaN;
    for (const [index, member] of this.members.entries()) {
      const found = askAfter(member, `triggers[${index}]`, instant);
      first = found >= first ? first : Number.isNaN(found) ? first : found;
    }
    return first;
  }

  atOrBefore(instant: number): number {
    let last = NaN;
    for (const [index, member] of this.members.entries()) {
      const found = askBefore(member, `triggers[${index}]`, instant);
      last = found <= last ? last : Number.isNaN(found) ? last : found;
    }
    return last;
  }
}
