import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import type { Trigger } from '../core/trigger.js';
import type { Instants } from './instants.js';
import { askAfter, askBefore } from './member.js';

/** How often the members of a search may disagree. Monthly ones that meet once in eight centuries are still found. */
const MAX_LEAPS = 10_000;

/** The instants that all of some triggers have. Each leap goes to the furthest that a member answers with. */
export class CommonInstants implements Instants {
  constructor(private readonly members: readonly Trigger[]) {}

  /** @throws InvalidTriggerError when the members agree too rarely to be found */
  atOrAfter(instant: number): number {
    let from = instant;
    for (let leap = 0; leap < MAX_LEAPS; leap++) {
      const start = from;
      for (const [index, member] of this.members.entries()) {
        from = askAfter(member, `triggers[${index}]`, from);
        if (Number.isNaN(from)) {
          return from;
        }
      }
      if (from === start) {
        return from;
      }
    }
    return this.#giveUp();
  }

  /** @throws InvalidTriggerError when the members agree too rarely to be found */
  atOrBefore(instant: number): number {
    let from = instant;
    for (let leap = 0; leap < MAX_LEAPS; leap++) {
      const start = from;
      for (const [index, member] of this.members.entries()) {
        from = askBefore(member, `triggers[${index}]`, from);
        if (Number.isNaN(from)) {
          return from;
        }
      }
      if (from === start) {
        return from;
      }
    }
    return this.#giveUp();
  }

  #giveUp(): never {
    const cure = `They did not agree on an instant in ${MAX_LEAPS} tries. Write the rule as one trigger.`;
    throw new InvalidTriggerError('triggers', this.members.map(String), cure);
  }
}
