import { DAY_MS, yearToDay } from './civil-date.js';
import type { OffsetProbe } from './offset-probe.js';
import type { ZonePeriod } from './zone-period.js';

/**
 * Far enough apart to be quick, near enough to see every change: the shortest summer time so far was that of Recife in
 * 2000, an hour less than a week.
 */
const SAMPLE_MS = 6 * DAY_MS;

/** Nearly every change since 1970 happens on a quarter of an hour, so the search by halves starts on that grid. */
const GRID_MS = 900_000;

/**
 * How far a year's periods reach back into the year before. A search that looks at the clock change behind an
 * instant must see it although a year begins in between; no change moves a clock by more than a day.
 */
const OVERLAP_MS = 3 * DAY_MS;

/** The periods of `year` in UTC, without a break, the first one beginning up to {@link OVERLAP_MS} earlier. */
export function findPeriods(year: number, probe: OffsetProbe): readonly ZonePeriod[] {
  const end = yearToDay(year + 1) * DAY_MS;
  const periods: ZonePeriod[] = [];
  let start = yearToDay(year) * DAY_MS - OVERLAP_MS;
  let offset = probe(start);
  let before = offset;
  for (let low = start; low < end; low += SAMPLE_MS) {
    const high = Math.min(low + SAMPLE_MS, end);
    const offsetThen = probe(high);
    if (offsetThen !== offset) {
      const change = findChange(low, high, offset, probe);
      periods.push({ start, end: change, offset, before });
      start = change;
      before = offset;
      offset = offsetThen;
    }
  }
  if (start < end) {
    periods.push({ start, end, offset, before });
  }
  return periods;
}

/** The first instant in `(low, high]` whose offset is no longer `offset`. */
function findChange(low: number, high: number, offset: number, probe: OffsetProbe): number {
  const [from, to] = halve(low, high, GRID_MS, offset, probe);
  if (probe(to - 1000) === offset) {
    return to;
  }
  return halve(from, to, 1000, offset, probe)[1];
}

function halve(
  low: number,
  high: number,
  grid: number,
  offset: number,
  probe: OffsetProbe,
): [low: number, high: number] {
  while (high - low > grid) {
    const middle = low + Math.floor((high - low) / grid / 2) * grid || low + grid;
    if (probe(middle) === offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return [low, high];
}
