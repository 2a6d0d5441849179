import type { PlannedRun } from '../../core/fire.js';
import type { JobPolicies } from '../../core/job.js';
import type { Instants } from './instants.js';

/** What becomes of instants that have passed: those that run, oldest first, and the records of those that do not. */
export interface OverdueChoice {
  readonly chosen: readonly number[];
  readonly missed: readonly PlannedRun[];
}

/** Why an instant did not run. */
type MissReason = 'misfire' | 'coalesced' | 'catch-up-limit';

/**
 * Applies misfire and coalescing to the instants `first` to `last`, all of which have passed. Lateness is judged on
 * the planned instants: `misfireGraceTime` exactly late still runs, a millisecond more does not.
 */
export function chooseOverdue(
  instants: Instants,
  { coalesce, misfireGraceTime, maxCatchUp }: JobPolicies,
  first: number,
  last: number,
  now: number,
): OverdueChoice {
  const missed: PlannedRun[] = [];
  const miss = (from: number, to: number, reason: MissReason): void => {
    missed.push(missedRange(instants, from, to, reason));
  };

  const oldestPunctual = misfireGraceTime === null ? -Infinity : now - misfireGraceTime;
  const start = first >= oldestPunctual ? first : firstFrom(instants, oldestPunctual, last);
  if (start === null) {
    miss(first, last, 'misfire');
    return { chosen: [], missed };
  }
  if (start > first) {
    miss(first, before(instants, start, first), 'misfire');
  }
  if (start === last) {
    return { chosen: [last], missed };
  }
  switch (coalesce) {
    case 'latest':
      miss(start, before(instants, last, start), 'coalesced');
      return { chosen: [last], missed };
    case 'earliest':
      miss(instants.next(start) ?? last, last, 'coalesced');
      return { chosen: [start], missed };
    case 'all': {
      const chosen = newest(instants, start, last, maxCatchUp);
      const oldest = chosen[0] ?? last;
      if (oldest > start) {
        miss(start, before(instants, oldest, start), 'catch-up-limit');
      }
      return { chosen, missed };
    }
  }
}

/** A final record of the instants from `from` to `to`, both included. */
function missedRange(instants: Instants, from: number, to: number, reason: MissReason): PlannedRun {
  return {
    scheduledAt: from,
    state: 'missed',
    startAt: from,
    behind: null,
    until: to > from ? to : null,
    count: to > from ? 1 + instants.count(from, to) : 1,
    reason,
  };
}

/** First instant at or after `from`, if it is not after `last`. */
function firstFrom(instants: Instants, from: number, last: number): number | null {
  const found = instants.next(from - 1);
  return found !== null && found <= last ? found : null;
}

/** The instant before `instant`, not before `floor`. */
function before(instants: Instants, instant: number, floor: number): number {
  return Math.max(floor, instants.previous(instant - 1) ?? floor);
}

/** The newest instants from `start` to `last`, at most `most`, oldest first. */
function newest(instants: Instants, start: number, last: number, most: number): number[] {
  const found = [last];
  while (found.length < most) {
    const earlier = instants.previous((found[0] as number) - 1);
    if (earlier === null || earlier < start) {
      break;
    }
    found.unshift(earlier);
  }
  return found;
}
