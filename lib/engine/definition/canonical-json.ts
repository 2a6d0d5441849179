/**
 * JSON with the keys of every object in order, so that equal values have equal texts. For values that JSON holds as they
 * are; fields that are `undefined` are left out.
 *
 * A replacer of `JSON.stringify` would do the same in three times the time, for every job that is added.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'null';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[${value.map(canonicalJson).join(',')}]`;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields);
  let text = '';
  for (const key of isSorted(keys) ? keys : keys.toSorted()) {
    if (fields[key] !== undefined) {
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(fields[key])}`;
    }
  }
  return `{${text}}`;
}

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] as string) < key);
}
