import type { Contestant, Terms } from './contestant.js';

const SECOND_MS = 1000;

/** What Node itself can do: a timer for each job, and nothing kept. */
export async function openBareTimers({ ran }: Terms): Promise<Contestant> {
  const everySecond = (): void => {
    const due = (Math.floor(Date.now() / SECOND_MS) + 1) * SECOND_MS;
    setTimeout(() => {
      ran(due);
      everySecond();
    }, due - Date.now());
  };
  return {
    addMany: async (instants) => {
      for (const date of instants) {
        setTimeout(() => ran(date.getTime()), date.getTime() - Date.now());
      }
    },
    addEverySecond: async (count) => Array.from({ length: count }).forEach(everySecond),
    start: async () => undefined,
    close: async () => undefined,
  };
}
