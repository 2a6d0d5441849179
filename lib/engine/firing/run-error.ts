import { describeValue } from '../../core/errors/describe-value.js';
import type { RunError } from '../../core/run.js';

const LONGEST_MESSAGE = 8_192;
const LONGEST_STACK = 16_384;
const DEEPEST_CAUSE = 5;

/** What is kept of a thrown value, whatever it is. Never throws, and what it gives is JSON of bounded size. */
export function toRunError(thrown: unknown, depth = 0): RunError {
  try {
    if (!(thrown instanceof Error)) {
      return {
        name: 'NonError',
        message: `A value that is no Error was thrown: ${describeValue(thrown)}`,
      };
    }
    const { name, message, stack, cause } = thrown;
    const code = 'code' in thrown ? thrown.code : undefined;
    return {
      name: text(name, LONGEST_MESSAGE),
      message: text(message, LONGEST_MESSAGE),
      ...(stack !== undefined && { stack: text(stack, LONGEST_STACK) }),
      ...(code !== undefined && { code: text(code, LONGEST_MESSAGE) }),
      ...(cause !== undefined && depth < DEEPEST_CAUSE && { cause: toRunError(cause, depth + 1) }),
    };
  } catch {
    return { name: 'UnreadableError', message: 'An error was thrown that throws when it is read.' };
  }
}

/** Bounded, and free of what a database refuses: NUL and halves of surrogate pairs. */
function text(value: unknown, longest: number): string {
  return String(value).slice(0, longest).replaceAll('\u0000', '\uFFFD').toWellFormed();
}
