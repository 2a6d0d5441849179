import { describeValue } from '../../core/errors/describe-value.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';

/** Carries out `body`; an error of it tells where the declaration stands, and stays the kind of error that it is. */
export async function located<T>(place: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof InvalidDeclarationError) {
      throw error;
    }
    if (error instanceof Error) {
      error.message = `${place}: ${error.message}`;
      throw error;
    }
    const cure = `A function of the decorator threw ${describeValue(error)}.`;
    throw new InvalidDeclarationError(place, cure, { cause: error });
  }
}
