import type { JsonValue } from '../../core/json.js';
import { findJsonFault } from '../../core/json.js';

/** Greatest result that is kept. Larger ones belong where the application keeps its data. */
const MOST_RESULT_BYTES = 262_144;

/** What is kept of a handler's return value, and why it is not all. */
export interface KeptResult {
  readonly result: JsonValue;
  readonly reason: string | null;
}

/**
 * What JSON can hold of a return value. One that it cannot hold is not kept, and says so: the handler has done its
 * work, and a run that did is no failure.
 */
export function toRunResult(value: unknown): KeptResult {
  if (value === undefined || value === null) {
    return { result: null, reason: null };
  }
  try {
    const json = JSON.stringify(value);
    if (json === undefined) {
      return { result: null, reason: 'result-not-json' };
    }
    if (json.length > MOST_RESULT_BYTES) {
      return { result: null, reason: 'result-too-large' };
    }
    const result = JSON.parse(json) as JsonValue;
    return findJsonFault(result) === null
      ? { result, reason: null }
      : { result: null, reason: 'result-not-json' };
  } catch {
    return { result: null, reason: 'result-not-json' };
  }
}
