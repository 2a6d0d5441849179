import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/**
 * Looks again and again until there is something to see: for what no event tells.
 *
 * @param read gives what was waited for, or `undefined`, `null` or `false` while it is not there
 */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  { within = 20_000 }: { readonly within?: number } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = performance.now() + within;
  for (;;) {
    const seen = await read();
    if (seen !== undefined && seen !== null && seen !== false) {
      return seen as Exclude<T, undefined | null | false>;
    }
    if (performance.now() > deadline) {
      throw new Error(`After ${within / 1000} s there was still no sign of this: ${what}.`);
    }
    await pause(LOOK_EVERY_MS);
  }
}
