import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';

/**
 * The options of some objects in one, later ones counting more. They are read here and only once: a getter must not
 * answer differently later, nor throw anything of its own.
 *
 * @throws InvalidTriggerError when one of them is no plain collection of options
 */
export function mergeOptions<Options extends object = Readonly<Record<string, unknown>>>(
  type: string,
  ...parts: readonly unknown[]
): Options {
  const merged: object = Object.create(null);
  for (const part of parts) {
    if (!assign(merged, part)) {
      const cure = `Give the options of a ${type} trigger as an object.`;
      throw new InvalidTriggerError('options', part, cure);
    }
  }
  return merged as Options;
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
