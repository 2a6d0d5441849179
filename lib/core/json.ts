/** A value that survives `JSON.stringify` and `JSON.parse` unchanged. All that a store keeps of a job is JSON. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/** Where a value stops being JSON, and why. */
export interface JsonFault {
  /** Path below the value that was looked at, such as `[0].when`; empty for the value itself. */
  readonly path: string;
  readonly value: unknown;
  readonly why: string;
}

/** Deeper than any sensible argument, and far below what would overflow the stack. */
const MAX_DEPTH = 64;

/**
 * The first place where `value` would not survive JSON, or `null`.
 *
 * Stricter than `JSON.stringify`, which drops `undefined` and functions, turns NaN to null and dates to text
 * without a word. NUL is refused because Postgres cannot hold it in `jsonb` or `text`, and half a surrogate pair
 * because it is not Unicode.
 */
export function findJsonFault(value: unknown, path = '', depth = 0): JsonFault | null {
  switch (typeof value) {
    case 'string':
      return textFault(value, path);
    case 'boolean':
      return null;
    case 'number':
      return Number.isFinite(value) ? null : { path, value, why: 'is not a finite number' };
    case 'object':
      break;
    default:
      return {
        path,
        value,
        why: `is of type ${typeof value}, which JSON has no form for`,
      };
  }
  if (value === null) {
    return null;
  }
  if (depth >= MAX_DEPTH) {
    return {
      path,
      value,
      why: `is nested deeper than ${MAX_DEPTH} levels, or contains itself`,
    };
  }
  if (Array.isArray(value)) {
    return firstFault(value.entries(), (index) => `${path}[${index}]`, depth);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return {
      path,
      value,
      why: 'is an instance of a class: pass plain data, dates as ISO text',
    };
  }
  for (const key of Object.keys(value)) {
    const fault = textFault(key, `${path}.${key}`);
    if (fault) {
      return fault;
    }
  }
  return firstFault(Object.entries(value), (key) => `${path}.${key}`, depth);
}

function firstFault<K>(
  entries: Iterable<[K, unknown]>,
  pathOf: (key: K) => string,
  depth: number,
): JsonFault | null {
  for (const [key, item] of entries) {
    const fault = findJsonFault(item, pathOf(key), depth + 1);
    if (fault) {
      return fault;
    }
  }
  return null;
}

function textFault(text: string, path: string): JsonFault | null {
  if (text.includes('\u0000')) {
    return {
      path,
      value: text,
      why: 'holds the character NUL, which Postgres cannot store',
    };
  }
  if (!text.isWellFormed()) {
    return {
      path,
      value: text,
      why: 'holds half a surrogate pair, which is not Unicode text',
    };
  }
  return null;
}
