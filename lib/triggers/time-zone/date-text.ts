import { dateToDay, DAY_MS, monthLength } from './civil-date.js';

/** What a text says about a point in time. */
export interface DateText {
  /** The time as the clock on the wall shows it, in milliseconds counted as if it were UTC. */
  readonly wall: number;
  /** Local time minus UTC in milliseconds, or `null` when the text leaves it to the zone. */
  readonly offset: number | null;
  /** Whether it names a day and no time of day. */
  readonly dateOnly: boolean;
}

const DATE = String.raw`(\d{4})-(\d{1,2})-(\d{1,2})`;
const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const OFFSET = String.raw`(Z|[+-]\d{2}(?::?\d{2})?)`;
const TEXT = new RegExp(`^${DATE}(?:[T ]${TIME} ?${OFFSET}?)?$`, 'i');

/**
 * Reads ISO 8601 text: `2026-01-31`, `2026-01-31 09:30`, `2026-01-31T09:30:00.5+01:00`.
 * Digits below the millisecond are cut off. `null` when it is no such text or there is no such day or time.
 */
export function parseDateText(text: string): DateText | null {
  const match = TEXT.exec(text);
  if (!match) {
    return null;
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (!year || !month || !day || month > 12 || day > monthLength(year, month)) {
    return null;
  }
  if (hour! > 23 || minute! > 59 || second! > 59) {
    return null;
  }
  const offset = parseOffset(match[8]);
  if (offset === undefined) {
    return null;
  }
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const time = hour! * 3_600_000 + minute! * 60_000 + second! * 1000 + fraction;
  return {
    wall: dateToDay(year, month, day) * DAY_MS + time,
    offset,
    dateOnly: match[4] === undefined,
  };
}

function parseOffset(text: string | undefined): number | null | undefined {
  if (text === undefined) {
    return null;
  }
  if (text.length === 1) {
    return 0;
  }
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 23 || minutes > 59) {
    return undefined;
  }
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
