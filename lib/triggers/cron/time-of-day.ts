import type { NumberSet } from './number-set.js';

/** Finds matching times of a day, as seconds from midnight on the clock on the wall. */
export class TimeOfDay {
  readonly first: number;
  readonly last: number;

  constructor(
    private readonly hours: NumberSet,
    private readonly minutes: NumberSet,
    private readonly seconds: NumberSet,
  ) {
    this.first = hours.first * 3600 + minutes.first * 60 + seconds.first;
    this.last = hours.last * 3600 + minutes.last * 60 + seconds.last;
  }

  /** The first matching time that is `time` or later on the same day, -1 when there is none. */
  atOrAfter(time: number): number {
    const { hours, minutes, seconds } = this;
    const hour = Math.floor(time / 3600);
    const minute = Math.floor(time / 60) % 60;
    if (hours.has(hour)) {
      if (minutes.has(minute)) {
        const second = seconds.atOrAfter(time % 60);
        if (second !== -1) {
          return hour * 3600 + minute * 60 + second;
        }
      }
      const later = minutes.atOrAfter(minute + 1);
      if (later !== -1) {
        return hour * 3600 + later * 60 + seconds.first;
      }
    }
    const later = hours.atOrAfter(hour + 1);
    return later === -1 ? -1 : later * 3600 + minutes.first * 60 + seconds.first;
  }

  /** The last matching time that is `time` or earlier on the same day, -1 when there is none. */
  atOrBefore(time: number): number {
    const { hours, minutes, seconds } = this;
    const hour = Math.floor(time / 3600);
    const minute = Math.floor(time / 60) % 60;
    if (hours.has(hour)) {
      if (minutes.has(minute)) {
        const second = seconds.atOrBefore(time % 60);
        if (second !== -1) {
          return hour * 3600 + minute * 60 + second;
        }
      }
      const earlier = minutes.atOrBefore(minute - 1);
      if (earlier !== -1) {
        return hour * 3600 + earlier * 60 + seconds.last;
      }
    }
    const earlier = hours.atOrBefore(hour - 1);
    return earlier === -1 ? -1 : earlier * 3600 + minutes.last * 60 + seconds.last;
  }
}
