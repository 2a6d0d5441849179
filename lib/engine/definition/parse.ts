import type { z } from 'zod';
import { InvalidJobError } from '../../core/errors/invalid-job.error.js';

/**
 * Reads what a user gave, by a schema.
 *
 * @throws InvalidJobError naming the first field at fault, its value and the cure
 */
export function parse<S extends z.ZodType>(schema: S, given: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (!issue) {
    throw new InvalidJobError(what, given, 'It could not be read.');
  }
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const value = valueAt(given, [...issue.path, key]);
    throw new InvalidJobError(key, value, 'There is no such option. Check the spelling.');
  }
  const field = issue.path.length === 0 ? what : fieldName(issue.path);
  throw new InvalidJobError(field, valueAt(given, issue.path), issue.message);
}

/** `args[0].when` from its parts. */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined,
    given,
  );
}
