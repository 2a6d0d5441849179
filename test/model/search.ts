import fc from 'fast-check';
import type { VirtualClock } from '../support/virtual-clock.js';
import { anyStep, firstSteps } from './any-step.js';
import { live } from './life.js';
import type { ModelStores } from './model-stores.js';

export interface SearchOptions {
  readonly runs: number;
  readonly seed: number;
  /** Look for the shortest way to a breach that was found. */
  readonly shrink: boolean;
  /** Go on until there is a breach like this. Default: any. */
  readonly wanted?: RegExp;
}

export interface Finding {
  /** How many worlds were looked at. */
  readonly runs: number;
  /** What was not as it must be, in the first world of which that was so. */
  readonly breaches: readonly string[];
  /** What happened in it. */
  readonly steps: string;
}

class Breach extends Error {
  constructor(readonly breaches: readonly string[]) {
    super(breaches.join('\n'));
  }
}

/**
 * Lets many worlds live, each differently, until one breaks a rule.
 *
 * @throws whatever goes wrong that is no breach
 */
export async function search(
  openStores: (clock: VirtualClock) => ModelStores,
  { runs, seed, shrink, wanted = /./ }: SearchOptions,
): Promise<Finding> {
  const property = fc.asyncProperty(
    firstSteps,
    fc.array(anyStep, { minLength: 5, maxLength: 40 }),
    async (first, steps) => {
      const breaches = await live(openStores, [...first, ...steps]);
      if (breaches.some((breach) => wanted.test(breach))) {
        throw new Breach(breaches);
      }
    },
  );
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: !shrink });
  const { errorInstance, counterexample } = details;
  if (details.failed && !(errorInstance instanceof Breach)) {
    const what = `With seed ${seed}, after ${fc.stringify(counterexample)}`;
    throw new Error(what, { cause: errorInstance });
  }
  return {
    runs: details.numRuns,
    breaches: errorInstance instanceof Breach ? errorInstance.breaches : [],
    steps: counterexample ? fc.stringify(counterexample) : '',
  };
}
