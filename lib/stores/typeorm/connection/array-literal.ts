import type { JsonValue } from '../../../core/json.js';

/*
 * Arrays as Postgres reads them from text. The driver can do that too, but looks at each item for what it may be,
 * which for a batch of a thousand rows takes longer than the round trip.
 */

export function numbers(items: readonly (number | string | null)[]): string {
  let text = '';
  for (const item of items) {
    text += text === '' ? '' : ',';
    text += item === null ? 'NULL' : item;
  }
  return `{${text}}`;
}

export function texts(items: readonly (string | null)[]): string {
  return `{${items.map((item) => (item === null ? 'NULL' : quoted(item))).join(',')}}`;
}

/** JSON, each as text. `null` becomes the database's null, which reads as the same. */
export function jsons(items: readonly (JsonValue | object)[]): string {
  return texts(items.map((item) => (item === null ? null : JSON.stringify(item))));
}

function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, String.raw`\$&`) : text}"`;
}
