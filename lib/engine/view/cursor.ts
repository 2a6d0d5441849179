import { InvalidJobError } from '../../core/errors/invalid-job.error.js';
import type { JsonValue } from '../../core/json.js';

/** Where the next page of a list begins: in which store, after which key. */
export interface Cursor<K> {
  readonly store: string;
  readonly after: K;
}

export function encodeCursor<K extends JsonValue>({ store, after }: Cursor<K>): string {
  return Buffer.from(JSON.stringify([store, after])).toString('base64url');
}

/** @throws InvalidJobError for any text that `encodeCursor` did not make */
export function decodeCursor<K>(cursor: string, isKey: (value: unknown) => value is K): Cursor<K> {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(decoded) && typeof decoded[0] === 'string' && isKey(decoded[1])) {
      return { store: decoded[0], after: decoded[1] };
    }
  } catch {
    // Refused below.
  }
  throw new InvalidJobError('cursor', cursor, 'Pass nextCursor of the page before, as it is.');
}
