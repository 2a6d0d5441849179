import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** Characters of base64 that are kept of a digest: 96 bits, far beyond chance. */
const LENGTH = 16;

/**
 * Digest of a definition, in two parts: its trigger, and everything else. By it a definition is known again, also
 * after its trigger was bound to an anchor.
 */
export function fingerprintOf(trigger: unknown, rest: unknown): string {
  return `${digest(trigger)}.${digest(rest)}`;
}

/** Whether two fingerprints are of equal triggers. */
export function sameTrigger(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.split('.')[0] === other.split('.')[0];
}

function digest(value: unknown): string {
  return hash('sha256', canonicalJson(value), 'base64url').slice(0, LENGTH);
}
