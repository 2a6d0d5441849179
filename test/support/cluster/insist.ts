import { until } from './until.js';

/**
 * Has something done that a busy machine may fail: a process that stands still for seconds in the middle of a
 * transaction loses its connection, and with it all that it was about to write.
 */
export async function insist<T>(what: string, call: () => Promise<T>): Promise<T> {
  const [result] = await until(what, () =>
    call().then(
      (value): [T] => [value],
      (error: { code?: string }) => {
        if (error.code === 'STORE_UNAVAILABLE') {
          return undefined;
        }
        throw error;
      },
    ),
  );
  return result;
}
