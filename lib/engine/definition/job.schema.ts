import { z } from 'zod';
import type { DurationFault } from '../../core/duration.js';
import { readDuration } from '../../core/duration.js';
import type { Coalesce, Priority } from '../../core/job.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { findJsonFault } from '../../core/json.js';

/** Longest id, name, tag or handler name in characters. */
const LONGEST_NAME = 200;

/** Most JSON that a job carries in its arguments, and as much in its metadata. Larger data belongs in tables of its own. */
const MOST_JSON_CHARACTERS = 262_144;

const MOST_TAGS = 100;

const name = z
  .string({ error: `Give text of 1 to ${LONGEST_NAME} characters.` })
  .min(1, { error: `Give text of 1 to ${LONGEST_NAME} characters.` })
  .max(LONGEST_NAME, { error: `Give text of 1 to ${LONGEST_NAME} characters.` })
  .refine((text) => findJsonFault(text) === null, {
    error: 'It holds NUL or half a surrogate pair, which no database keeps. Give plain text.',
  });

const alias = z.string({ error: 'Give the alias as text.' });

const atLeastOne = (most: number) => {
  const error = `Give a whole number from 1 to ${most}.`;
  return z.int({ error }).min(1, { error }).max(most, { error });
};

/** A `Duration`, in milliseconds. */
export const duration = z.unknown().transform((value, context): number => {
  const read = readDuration(value);
  if (typeof read === 'number') {
    return read;
  }
  addDurationFault(context, read);
  return z.NEVER;
});

const json = <T extends JsonValue>(what: z.ZodType<T>) =>
  z.unknown().transform((value, context): T => {
    const fault = findJsonFault(value);
    if (fault) {
      const path = fault.path === '' ? 'It' : `Its part ${fault.path}`;
      const message = `${path} ${fault.why}. Give values that JSON keeps as they are.`;
      context.addIssue({ code: 'custom', message, input: fault.value, params: { at: fault.path } });
      return z.NEVER;
    }
    const shape = what.safeParse(value);
    if (!shape.success) {
      context.addIssue({
        code: 'custom',
        message: shape.error.issues[0]?.message ?? '',
        input: value,
      });
      return z.NEVER;
    }
    const text = JSON.stringify(value);
    if (text.length > MOST_JSON_CHARACTERS) {
      const message = `It comes to ${text.length} characters of JSON; ${MOST_JSON_CHARACTERS} are allowed. Keep large data elsewhere and pass its key.`;
      context.addIssue({ code: 'custom', message, input: value });
      return z.NEVER;
    }
    // A copy: what the caller does to its own objects afterwards is no edit of the job.
    return JSON.parse(text) as T;
  });

const coalesce = z
  .union([z.boolean(), z.enum(['latest', 'earliest', 'all'])], {
    error: 'Use "latest", "earliest", "all", or true (latest) or false (all).',
  })
  .transform((value): Coalesce => (value === true ? 'latest' : value === false ? 'all' : value));

/** The settings that decide how instants become runs; those of a job as well as `jobDefaults`. */
export const policyShape = {
  coalesce: coalesce.optional(),
  maxInstances: atLeastOne(10_000).optional(),
  overlap: z.enum(['skip', 'queue'], { error: 'Use "skip" or "queue".' }).optional(),
  misfireGraceTime: z
    .union([z.null(), duration], { error: 'Give a duration such as { seconds: 30 }, or null.' })
    .optional(),
  maxCatchUp: atLeastOne(10_000).optional(),
  recovery: z.enum(['rerun', 'fail'], { error: 'Use "rerun" or "fail".' }).optional(),
};

/** What can be said of a job at any time. */
const changeShape = {
  ...policyShape,
  name: name.optional(),
  handler: z.union([name, z.object({ name }).transform((ref) => ref.name)], {
    error: 'Give the name of a registered handler, or handlerRef(...).',
  }),
  args: json(
    z.array(z.any(), { error: 'Give an array of arguments.' }) as z.ZodType<JsonValue[]>,
  ).optional(),
  executor: alias.optional(),
  nextFireAt: z
    .union([z.date(), z.string(), z.null()], {
      error: 'Give a Date, ISO text such as "2026-12-31T23:59:00Z", or null.',
    })
    .optional(),
  priority: z
    .literal([0, 1, 2, 3], { error: 'Use 0, 1, 2 or 3; higher goes first.' })
    .optional() as z.ZodType<Priority | undefined>,
  tags: z
    .array(name, { error: 'Give an array of texts.' })
    .max(MOST_TAGS, { error: `Give at most ${MOST_TAGS} tags.` })
    .transform((tags) => [...new Set(tags)])
    .optional(),
  metadata: json(
    z.record(z.string(), z.any(), { error: 'Give an object.' }) as z.ZodType<JsonObject>,
  ).optional(),
  // Its own reader says what is wrong with it.
  trigger: z.unknown(),
};

/** What `addJob` takes. */
export const definitionSchema = z.strictObject(
  {
    ...changeShape,
    id: name.optional(),
    store: alias.optional(),
    enabled: z.boolean({ error: 'Use true or false.' }).optional(),
    replaceExisting: z.boolean({ error: 'Use true or false.' }).optional(),
  },
  { error: 'Give an object with at least a handler and a trigger.' },
);

/** What `modifyJob` takes. */
export const changesSchema = z.strictObject(
  {
    ...changeShape,
    handler: changeShape.handler.optional(),
    trigger: changeShape.trigger.optional(),
  },
  { error: 'Give an object, such as { maxInstances: 3 }.' },
);

export type ParsedDefinition = z.output<typeof definitionSchema>;

export type ParsedChanges = z.output<typeof changesSchema>;

function addDurationFault(context: z.RefinementCtx, { path, value, cure }: DurationFault): void {
  const part = path === '' ? '' : `Its part ${path} is at fault. `;
  context.addIssue({ code: 'custom', message: part + cure, input: value });
}
