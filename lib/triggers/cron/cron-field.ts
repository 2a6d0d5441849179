import { FIRST_YEAR, LAST_YEAR } from './year-set.js';

export type CronFieldName =
  'year' | 'month' | 'day' | 'week' | 'dayOfWeek' | 'hour' | 'minute' | 'second';

/** A field of a cron trigger: what it counts and what its values may be called. */
export interface CronField {
  readonly name: CronFieldName;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly names: readonly string[];
  /** Value of a field that is not given and less significant than all that are. */
  readonly fallback: number | '*';
}

const MONTH_NAMES: readonly string[] = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

export const WEEKDAY_NAMES: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The fields from the most to the least significant, which is the order that decides on defaults. */
export const CRON_FIELDS = [
  { name: 'year', min: FIRST_YEAR, max: LAST_YEAR, names: [], fallback: '*' },
  { name: 'month', min: 1, max: 12, names: MONTH_NAMES, fallback: 1 },
  { name: 'day', min: 1, max: 31, names: [], fallback: 1 },
  { name: 'week', min: 1, max: 53, names: [], fallback: '*' },
  { name: 'dayOfWeek', min: 0, max: 6, names: WEEKDAY_NAMES, fallback: '*' },
  { name: 'hour', min: 0, max: 23, names: [], fallback: 0 },
  { name: 'minute', min: 0, max: 59, names: [], fallback: 0 },
  { name: 'second', min: 0, max: 59, names: [], fallback: 0 },
] as const satisfies readonly CronField[];

export const CRON_FIELD_NAMES: readonly CronFieldName[] = CRON_FIELDS.map(({ name }) => name);
