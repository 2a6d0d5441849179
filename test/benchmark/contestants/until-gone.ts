import { setTimeout as pause } from 'node:timers/promises';

/** Often enough for a measurement of seconds, seldom enough not to be one itself. */
const INTERVAL_MS = 5;

/** Waits until nothing is left of what is asked for. */
export async function untilGone(left: () => Promise<boolean>): Promise<void> {
  while (await left()) {
    await pause(INTERVAL_MS);
  }
}
