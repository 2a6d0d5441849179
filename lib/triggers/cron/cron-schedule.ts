import { DayRule } from './day-rule.js';
import type { DayRuleParts } from './day-rule.js';
import { DaySearch } from './day-search.js';
import type { NumberSet } from './number-set.js';
import { TimeOfDay } from './time-of-day.js';
import type { YearSet } from './year-set.js';

const DAY_SECONDS = 86_400;

/** What a cron trigger asks for, whichever way it was written. */
export interface CronParts extends DayRuleParts {
  readonly years: YearSet;
  readonly months: NumberSet;
  readonly hours: NumberSet;
  readonly minutes: NumberSet;
  readonly seconds: NumberSet;
}

/** The compiled form of a cron trigger: finds matching wall-clock times, as milliseconds of a clock that shows UTC. */
export class CronSchedule {
  /** Whether the hour is left open, so that the trigger follows elapsed time through a change of clocks. */
  readonly everyHour: boolean;
  readonly #days: DaySearch;
  readonly #times: TimeOfDay;

  constructor(readonly parts: CronParts) {
    this.everyHour = parts.hours.size === 24;
    this.#days = new DaySearch(parts.years, parts.months, new DayRule(parts));
    this.#times = new TimeOfDay(parts.hours, parts.minutes, parts.seconds);
  }

  /** The first match that is `wall` or later, NaN when there is none. */
  atOrAfter(wall: number): number {
    const second = Math.ceil(wall / 1000);
    const today = Math.floor(second / DAY_SECONDS);
    let day = this.#days.atOrAfter(today);
    if (day === today) {
      const time = this.#times.atOrAfter(second - today * DAY_SECONDS);
      if (time !== -1) {
        return (day * DAY_SECONDS + time) * 1000;
      }
      day = this.#days.atOrAfter(today + 1);
    }
    return (day * DAY_SECONDS + this.#times.first) * 1000;
  }

  /** The last match that is `wall` or earlier, NaN when there is none. */
  atOrBefore(wall: number): number {
    const second = Math.floor(wall / 1000);
    const today = Math.floor(second / DAY_SECONDS);
    let day = this.#days.atOrBefore(today);
    if (day === today) {
      const time = this.#times.atOrBefore(second - today * DAY_SECONDS);
      if (time !== -1) {
        return (day * DAY_SECONDS + time) * 1000;
      }
      day = this.#days.atOrBefore(today - 1);
    }
    return (day * DAY_SECONDS + this.#times.last) * 1000;
  }
}
