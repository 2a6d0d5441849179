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
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      throw fault(type, part);
    }
    try {
      Object.assign(merged, part);
    } catch (error) {
      throw fault(type, part, error);
    }
  }
  return merged as Options;
}

function fault(type: string, part: unknown, cause?: unknown): InvalidTriggerError {
  const cure = `Give the options of a ${type} trigger as an object.`;
  return new InvalidTriggerError('options', part, cure, { cause });
}
