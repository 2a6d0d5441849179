import { describeValue } from '../../core/errors/describe-value.js';
import { SchedulerError } from '../../core/errors/scheduler.error.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';

/**
 * Carries out `body`, whose errors then tell where the declaration stands. Those of this library stay the errors that
 * they are; what a function of the application throws becomes the cause of one.
 */
export async function located<T>(place: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof InvalidDeclarationError) {
      throw error;
    }
    if (error instanceof SchedulerError) {
      error.message = `${place}: ${error.message}`;
      throw error;
    }
    const what = error instanceof Error ? error.message : describeValue(error);
    const options = { cause: error };
    throw new InvalidDeclarationError(place, `A function of the decorator threw: ${what}`, options);
  }
}
