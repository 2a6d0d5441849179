import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';

/**
 * The options of one or two objects in one, the second counting more. They are read here and only once: a getter must
 * not answer differently later, nor throw anything of its own.
 *
 * @throws InvalidTriggerError when one of them is no plain collection of options
 */
export function mergeOptions<First, Second = object>(
  type: string,
  first: First,
  second?: Second,
): First & Second {
  const merged: unknown = Object.create(null);
  for (const part of second === undefined ? [first] : [first, second]) {
    if (!assign(merged as object, part)) {
      const cure = `Give the options of a ${type} trigger as an object.`;
      throw new InvalidTriggerError('options', part, cure);
    }
  }
  return merged as First & Second;
}

function assign(merged: object, part: unknown): boolean {
  try {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      return false;
    }
    Object.assign(merged, part);
    return true;
  } catch {
    return false;
  }
}
