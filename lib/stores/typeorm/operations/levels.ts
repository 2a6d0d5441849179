import type { LevelHeads } from '../statements/survey-work.js';

/** Least share of a request that a level of priority gets when higher levels could fill it alone. */
const LEAST_SHARE = 8;

/** Earliest time of all levels. */
export function earliest(heads: LevelHeads): number | null {
  const times = Object.values(heads);
  return times.length === 0 ? null : Math.min(...times);
}

/** Levels that have something to do by then, higher ones first. */
export function levelsUpBy(heads: LevelHeads, until: number): number[] {
  return Object.entries(heads)
    .filter(([, head]) => head <= until)
    .map(([level]) => Number(level))
    .sort((a, b) => b - a);
}

/**
 * Serves levels in order, each with what is left of the limit, less a share for each level after it.
 *
 * @param serve works on one level and gives how much of the room it used
 */
export async function serveLevels(
  levels: readonly number[],
  limit: number,
  serve: (level: number, room: number) => Promise<number>,
): Promise<void> {
  const share = Math.max(1, Math.floor(limit / LEAST_SHARE));
  let left = limit;
  for (const [index, level] of levels.entries()) {
    if (left < 1) {
      return;
    }
    const reserved = share * (levels.length - 1 - index);
    left -= await serve(level, Math.max(1, left - reserved));
  }
}
