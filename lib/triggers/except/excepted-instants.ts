import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import type { Instants } from '../instants.js';
import type { Exclusion } from './exclusion.js';

/**
 * How many excluded stretches a search passes before it gives up. Each is a day, hour, minute or instant, so this is
 * years of days off; a trigger that finds nothing in that time excludes all that it has.
 */
const MAX_STEPS = 10_000;

/** Some instants without the excluded ones. */
export class ExceptedInstants implements Instants {
  constructor(
    private readonly inner: Instants,
    private readonly exclusions: readonly Exclusion[],
  ) {}

  /** @throws InvalidTriggerError when all instants up to the bound of the search are excluded */
  atOrAfter(instant: number): number {
    let from = instant;
    for (let step = 0; step < MAX_STEPS; step++) {
      const found = this.inner.atOrAfter(from);
      if (Number.isNaN(found)) {
        return found;
      }
      from = found;
      for (const exclusion of this.exclusions) {
        from = exclusion.skipForward(from);
      }
      if (from === found) {
        return found;
      }
    }
    return giveUp(instant);
  }

  /** @throws InvalidTriggerError when all instants down to the bound of the search are excluded */
  atOrBefore(instant: number): number {
    let from = instant;
    for (let step = 0; step < MAX_STEPS; step++) {
      const found = this.inner.atOrBefore(from);
      if (Number.isNaN(found)) {
        return found;
      }
      from = found;
      for (const exclusion of this.exclusions) {
        from = exclusion.skipBack(from);
      }
      if (from === found) {
        return found;
      }
    }
    return giveUp(instant);
  }
}

function giveUp(instant: number): never {
  const cure = `It left nothing of ${MAX_STEPS} instants in turn. Leave out less.`;
  throw new InvalidTriggerError('except', new Date(instant), cure);
}
