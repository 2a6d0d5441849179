import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import type { Trigger, TriggerBinding } from '../core/trigger.js';
import { Exceptions } from './except/exceptions.js';
import type { Instants } from './instants.js';
import { readMember } from './member.js';
import { listOf } from './options/list-of.js';
import { OptionReader } from './options/option-reader.js';
import type {
  ExceptOption,
  JitterOption,
  MaxFiresOption,
  WindowOptions,
  ZoneOption,
} from './options/shared-options.js';
import type { TriggerInput, TriggerRegistry } from './trigger-registry.js';
import { readWindow, within } from './windowed-instants.js';
import type { TimeWindow } from './windowed-instants.js';

/**
 * Options of a trigger made of others. `timezone` holds for the dates here, and for members that name none; jitter
 * and `maxFires` of members mean nothing.
 *
 * @publicApi
 */
export interface CompositeOptions
  extends WindowOptions, ExceptOption, ZoneOption, JitterOption, MaxFiresOption {
  /** The members, 1 to 100: triggers or their JSON. */
  readonly triggers: readonly TriggerInput[];
}

const OPTIONS = ['triggers', 'startDate', 'endDate', 'timezone', 'except', 'jitter', 'maxFires'];

const MAX_MEMBERS = 100;

/** What the options of a composite trigger come to. */
export class Composite {
  readonly members: readonly Trigger[];
  readonly window: TimeWindow;
  readonly exceptions: Exceptions;
  readonly jitter: number;
  readonly maxFires: number | null;
  readonly needsZone: boolean;
  readonly reader: OptionReader;

  constructor(type: string, options: CompositeOptions, registry: TriggerRegistry) {
    const reader = new OptionReader(type, options, OPTIONS);
    this.reader = reader;
    this.members = readMembers(reader, registry);
    this.window = readWindow(reader);
    this.exceptions = Exceptions.read(reader, registry);
    this.jitter = reader.jitter();
    this.maxFires = reader.maxFires();
    this.needsZone = reader.zoneMatters && reader.timezone === undefined;
  }

  /** Whether the members have their starts, so that the instants do not depend on when one asks. */
  get isAnchored(): boolean {
    return this.members.every((member) => flagOf(member, 'isAnchored'));
  }

  get isBound(): boolean {
    return !this.needsZone && this.members.every((member) => flagOf(member, 'isBound'));
  }

  /** Whether it can be told which members agree: when they are bound, or all wait for the same zone. */
  get isComparable(): boolean {
    const isFloating = (member: Trigger): boolean =>
      flagOf(member, 'isAnchored') && !flagOf(member, 'isBound');
    return (
      this.members.every((member) => flagOf(member, 'isBound')) || this.members.every(isFloating)
    );
  }

  /** The options of the bound trigger. */
  bind(binding: TriggerBinding): CompositeOptions {
    const timezone = this.reader.timezone ?? binding.timezone;
    const inner = { ...binding, timezone };
    return {
      ...this.reader.json(),
      ...(this.needsZone ? { timezone } : {}),
      triggers: this.members.map((member) => member.bind(inner)),
      except: this.exceptions.bind(inner),
    };
  }

  /** The instants without those that the dates and exceptions leave out. */
  limit(instants: Instants): Instants {
    return this.exceptions.leave(within(instants, this.window));
  }
}

function readMembers(reader: OptionReader, registry: TriggerRegistry): Trigger[] {
  const given = listOf(reader.get('triggers'), MAX_MEMBERS);
  if (typeof given === 'number') {
    const cure = `Give ${MAX_MEMBERS} at most.`;
    throw new InvalidTriggerError('triggers', `${given} items`, cure);
  }
  if (!given?.length) {
    const cure = 'Give a list of one or more triggers.';
    throw new InvalidTriggerError('triggers', reader.get('triggers'), cure);
  }
  const members = given.map((member, index) =>
    readMember(member, `triggers[${index}]`, registry, reader.timezone),
  );
  reader.keep(
    'triggers',
    members.map((member) => member.toJSON()),
  );
  return members;
}

/** What a built-in trigger says of itself. Of others it is taken for granted. */
function flagOf(trigger: Trigger, flag: 'isAnchored' | 'isBound'): boolean {
  return !(flag in trigger) || Reflect.get(trigger, flag) !== false;
}
