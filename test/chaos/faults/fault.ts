import type { Random } from '../random.js';
import type { World } from '../world.js';

/** One way of breaking things. */
export interface Fault {
  readonly kind: string;
  /** How often it is dealt in a round. */
  readonly weight: number;
  /** How many of the kind may be under way together. */
  readonly atOnce: number;
  /** Whether nodes find the store slow, locked or away by it. */
  readonly disturbsStore: boolean;
  /** Whether it makes sense now. */
  isPossible(world: World): boolean;
  /**
   * Breaks something. Resolves when it is whole again, as far as it is for this fault to mend it.
   *
   * @param turn how many of the kind there were before
   */
  strike(world: World, random: Random, turn: number): Promise<void>;
}
