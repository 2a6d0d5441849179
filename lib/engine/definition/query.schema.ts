import { z } from 'zod';
import { findJsonFault } from '../../core/json.js';

/** Rows of a page, unless said otherwise. */
const DEFAULT_LIMIT = 100;
const MOST_ROWS = 1000;

/** Jobs and runs lie between the years 1 and 9999; further limits mean the same, and not every database has them. */
const EARLIEST = Date.parse('0000-12-31T00:00:00Z');
const LATEST = Date.parse('+010000-01-02T00:00:00Z');

const word = z.string({ error: 'Give text.' }).refine((given) => findJsonFault(given) === null, {
  error: 'It holds NUL or half a surrogate pair, which no job does. Give plain text.',
});

const text = word.optional();

const oneOrMore = <T extends string>(values: readonly [T, ...T[]]) => {
  const error = `Use one of ${values.join(', ')}, or an array of them.`;
  const one = z.enum(values, { error });
  return z
    .union([one.transform((value) => [value]), z.array(one)], { error })
    .optional() as z.ZodType<T[] | undefined>;
};

const limitError = `Give a whole number from 1 to ${MOST_ROWS}.`;

const pageShape = {
  limit: z
    .int({ error: limitError })
    .min(1, { error: limitError })
    .max(MOST_ROWS, { error: limitError })
    .default(DEFAULT_LIMIT),
  cursor: text,
};

const dateCure = 'Give a Date, or ISO text with an offset such as "2026-12-31T23:59:00Z".';

const instant = z
  .union([z.date(), z.iso.datetime({ offset: true, error: dateCure })], { error: dateCure })
  .transform((date) => Math.min(Math.max(new Date(date).getTime(), EARLIEST), LATEST))
  .optional();

const jobFilterShape = {
  store: text,
  state: oneOrMore(['active', 'paused', 'finished', 'parked']),
  handler: text,
  tags: z
    .union([word.transform((tag) => [tag]), z.array(word)], {
      error: 'Give a text or an array of texts.',
    })
    .optional(),
  origin: z.enum(['code', 'api'], { error: 'Use "code" or "api".' }).optional(),
};

const asObject = { error: 'Give an object of conditions, such as { state: "paused" }.' };

export const jobFilterSchema = z.strictObject(jobFilterShape, asObject);

export const jobQuerySchema = z.strictObject({ ...jobFilterShape, ...pageShape }, asObject);

export const runQuerySchema = z.strictObject(
  {
    ...pageShape,
    store: text,
    jobId: text,
    state: oneOrMore([
      'queued',
      'running',
      'succeeded',
      'failed',
      'missed',
      'skipped',
      'cancelled',
    ]),
    from: instant,
    to: instant,
  },
  asObject,
);
