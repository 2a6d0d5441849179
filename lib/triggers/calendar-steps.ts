import type { Instants } from './instants.js';
import { DAY_MS, dateToDay, dayToDate, monthLength } from './time-zone/civil-date.js';
import { MAX_OFFSET_MS } from './time-zone/time-zone.js';
import type { TimeZone } from './time-zone/time-zone.js';

/** How far apart the days of a calendar interval are. */
export interface CalendarStep {
  readonly months: number;
  readonly days: number;
}

const MEAN_MONTH_DAYS = 30.436875;

/** What a zone's clocks can move an instant by, and a month can differ from the mean, come to fewer steps than this. */
const MARGIN_STEPS = 4;

/** No pattern of missing days is longer: the calendar repeats after 400 years. */
const MAX_TRIES = 5000;

const LAST_DAY = dateToDay(9999, 12, 31);

/** A time of day on the days that are a whole number of steps after the first one. Days are counted from 1970-01-01. */
export class CalendarSteps implements Instants {
  readonly #year: number;
  readonly #month: number;
  readonly #dayOfMonth: number;
  readonly #meanDays: number;

  constructor(
    private readonly firstDay: number,
    private readonly lastDay: number,
    private readonly step: CalendarStep,
    private readonly time: number,
    private readonly zone: TimeZone,
  ) {
    const { year, month, day } = dayToDate(firstDay);
    this.#year = year;
    this.#month = month;
    this.#dayOfMonth = day;
    this.#meanDays = step.months * MEAN_MONTH_DAYS + step.days;
  }

  atOrAfter(instant: number): number {
    const first = Math.max(0, this.#stepNear(instant - MAX_OFFSET_MS) - MARGIN_STEPS);
    for (let step = first; step < first + MAX_TRIES; step++) {
      const day = this.#dayOf(step);
      if (day > Math.min(this.lastDay, LAST_DAY)) {
        return NaN;
      }
      const found = Number.isNaN(day) ? NaN : this.#instantOn(day);
      if (found >= instant) {
        return found;
      }
    }
    return NaN;
  }

  atOrBefore(instant: number): number {
    const last = Math.min(this.#stepNear(instant + MAX_OFFSET_MS), this.#lastStep) + MARGIN_STEPS;
    for (let step = last; step >= Math.max(0, last - MAX_TRIES); step--) {
      const day = this.#dayOf(step);
      const found = day <= this.lastDay && day <= LAST_DAY ? this.#instantOn(day) : NaN;
      if (found <= instant) {
        return found;
      }
    }
    return NaN;
  }

  get #lastStep(): number {
    return this.#stepNear(Math.min(this.lastDay, LAST_DAY) * DAY_MS);
  }

  #stepNear(instant: number): number {
    return Math.floor((instant / DAY_MS - this.firstDay) / this.#meanDays);
  }

  /** The day that is `step` steps after the first, NaN when its month has no such day. */
  #dayOf(step: number): number {
    const months = this.#month - 1 + step * this.step.months;
    const year = this.#year + Math.floor(months / 12);
    const month = (months % 12) + 1;
    return this.#dayOfMonth > monthLength(year, month)
      ? NaN
      : dateToDay(year, month, this.#dayOfMonth) + step * this.step.days;
  }

  #instantOn(day: number): number {
    return this.zone.toInstant(day * DAY_MS + this.time);
  }
}
