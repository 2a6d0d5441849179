import type { Instants } from '../instants.js';
import { DAY_MS, yearToDay } from '../time-zone/civil-date.js';
import { MAX_OFFSET_MS } from '../time-zone/time-zone.js';
import type { TimeZone } from '../time-zone/time-zone.js';
import type { ZonePeriod } from '../time-zone/zone-period.js';
import type { CronSchedule } from './cron-schedule.js';
import { FIRST_YEAR, LAST_YEAR } from './year-set.js';

/** Two clocks of one zone are never this far apart, so a change of clocks reaches no further. */
const REACH_MS = 2 * DAY_MS;

const EARLIEST = yearToDay(FIRST_YEAR) * DAY_MS - DAY_MS;
const LATEST = yearToDay(LAST_YEAR + 1) * DAY_MS + DAY_MS;

/**
 * The instants at which a zone's clocks show what a schedule asks for.
 *
 * With the hour left open, every instant whose wall-clock time matches counts. Otherwise each matching wall-clock
 * time counts once: one that the clocks skip is moved forward by what they skip, one that they show twice is the
 * first.
 *
 * Both searches look at one period of constant offset after the other. Where the schedule has nothing near, they jump
 * to where it has, so the work is bounded by the matches that a change of clocks can hide.
 */
export class ZonedInstants implements Instants {
  constructor(
    private readonly schedule: CronSchedule,
    private readonly zone: TimeZone,
  ) {}

  atOrAfter(instant: number): number {
    let from = Math.max(instant, EARLIEST);
    while (from < LATEST) {
      const period = this.zone.periodAt(from);
      const wall = this.schedule.atOrAfter(this.#firstWall(period, from));
      const shifted = this.#firstSkipped(period, from);
      const found =
        shifted < wall - period.offset || Number.isNaN(wall) ? shifted : wall - period.offset;
      if (found < period.end) {
        return found;
      }
      if (period.end - from < REACH_MS) {
        // The clocks may go back at its end, to times that lie behind `wall`.
        from = period.end;
      } else if (Number.isNaN(wall)) {
        return NaN;
      } else {
        from = Math.max(period.end, wall - MAX_OFFSET_MS);
      }
    }
    return NaN;
  }

  atOrBefore(instant: number): number {
    let from = Math.min(instant, LATEST);
    while (from > EARLIEST) {
      const period = this.zone.periodAt(from);
      const wall = this.schedule.atOrBefore(from + period.offset);
      const shifted = this.#lastSkipped(period, from);
      let found = wall >= this.#firstWall(period, period.start) ? wall - period.offset : NaN;
      if (shifted > found || Number.isNaN(found)) {
        found = shifted;
      }
      if (found >= period.start) {
        return found;
      }
      if (from - period.start < REACH_MS) {
        from = period.start - 1;
      } else if (Number.isNaN(wall)) {
        return NaN;
      } else {
        from = Math.min(period.start - 1, wall + MAX_OFFSET_MS);
      }
    }
    return NaN;
  }

  /** The first wall-clock time of `period` from the instant `from` on that counts there. */
  #firstWall(period: ZonePeriod, from: number): number {
    const wall = from + period.offset;
    // After the clocks went back they repeat what they have shown; those times have had their turn.
    return this.schedule.everyHour || period.before <= period.offset
      ? wall
      : Math.max(wall, period.start + period.before);
  }

  /** The first instant from `from` on to which a time moves that was skipped at the start of `period`. */
  #firstSkipped(period: ZonePeriod, from: number): number {
    const { start, offset, before } = period;
    if (this.schedule.everyHour || before >= offset || from >= start + offset - before) {
      return NaN;
    }
    const wall = this.schedule.atOrAfter(from + before);
    return wall < start + offset ? wall - before : NaN;
  }

  /** The last instant up to `upTo` to which a time moves that was skipped at the start of `period`. */
  #lastSkipped(period: ZonePeriod, upTo: number): number {
    const { start, offset, before } = period;
    if (this.schedule.everyHour || before >= offset) {
      return NaN;
    }
    const wall = this.schedule.atOrBefore(Math.min(upTo + before, start + offset - 1));
    return wall >= start + before ? wall - before : NaN;
  }
}
