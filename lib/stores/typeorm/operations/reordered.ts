import type { RunKey } from '../../../core/run.js';
import { byKey } from '../rows/run-keys.js';

/** Items in the order in which rows are locked, and the way back to the order in which they came. */
export class Reordered<T extends RunKey> {
  readonly items: readonly T[];
  private readonly origins: readonly number[];

  constructor(given: readonly T[]) {
    const pairs = given.map((item, origin) => ({ item, origin }));
    pairs.sort((a, b) => byKey(a.item, b.item));
    this.items = pairs.map((pair) => pair.item);
    this.origins = pairs.map((pair) => pair.origin);
  }

  /** For each item as it came: whether its place in `items` is among `places`. */
  flags(places: Iterable<number>): boolean[] {
    const flags = this.items.map(() => false);
    for (const place of places) {
      const origin = this.origins[place];
      if (origin !== undefined) {
        flags[origin] = true;
      }
    }
    return flags;
  }
}
