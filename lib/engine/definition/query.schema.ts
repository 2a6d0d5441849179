import { z } from 'zod';

/** Rows of a page, unless said otherwise. */
const DEFAULT_LIMIT = 100;
const MOST_ROWS = 1000;

const text = z.string({ error: 'Give text.' }).optional();

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

const instant = z
  .union([z.date(), z.iso.datetime({ offset: true })], {
    error: 'Give a Date, or ISO text with an offset such as "2026-12-31T23:59:00Z".',
  })
  .transform((date) => new Date(date).getTime())
  .optional();

const jobFilterShape = {
  store: text,
  state: oneOrMore(['active', 'paused', 'finished', 'parked']),
  handler: text,
  tags: z
    .union([z.string().transform((tag) => [tag]), z.array(z.string())], {
      error: 'Give a text or an array of texts.',
    })
    .optional(),
  origin: z.enum(['code', 'api'], { error: 'Use "code" or "api".' }).optional(),
};

export const jobFilterSchema = z.strictObject(jobFilterShape);

export const jobQuerySchema = z.strictObject({ ...jobFilterShape, ...pageShape });

export const runQuerySchema = z.strictObject({
  ...pageShape,
  store: text,
  jobId: text,
  state: oneOrMore(['queued', 'running', 'succeeded', 'failed', 'missed', 'skipped', 'cancelled']),
  from: instant,
  to: instant,
});
