import { setTimeout as pause } from 'node:timers/promises';
import type { Figures } from '../harness/protocol.js';
import type { OpenWith } from './workload.js';
import { required } from './workload.js';

interface PrepareSettings {
  readonly due: number;
  /** Of an hour later. */
  readonly later?: number;
  readonly everySecond: number;
}

interface WindowSettings {
  /** Since 1970, by the clock that all processes of the machine share. */
  readonly from: number;
  readonly to: number;
}

/** Who had nothing to do for so long has nothing to do any more. */
const QUIET_MS = 1500;

const LOOK_MS = 50;

const HOUR_MS = 3_600_000;

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Leaves jobs for other processes. */
export async function prepare(open: OpenWith, settings: PrepareSettings): Promise<Figures> {
  const contestant = await open(() => undefined);
  const due = new Date();
  const later = new Date(due.getTime() + HOUR_MS);
  const add = required(contestant.addMany, 'add jobs');
  await add(Array.from({ length: settings.due }, () => due));
  await add(Array.from({ length: settings.later ?? 0 }, () => later));
  if (settings.everySecond > 0) {
    await required(contestant.addEverySecond, 'run jobs each second')(settings.everySecond);
  }
  await contestant.close();
  return {};
}

/** Runs what is due, beside others that do the same, from a moment on that they agreed on. */
export async function shareDrain(open: OpenWith, { from }: WindowSettings): Promise<Figures> {
  let count = 0;
  let firstAt = Infinity;
  let lastAt = from;
  const contestant = await open(() => {
    lastAt = now();
    firstAt = Math.min(firstAt, lastAt);
    count += 1;
  });
  await pause(Math.max(0, from - now()));
  await contestant.start();
  let residentBytes = 0;
  while (now() - lastAt < QUIET_MS) {
    await pause(LOOK_MS);
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
  }
  await contestant.settled?.();
  await contestant.close();
  return { count, firstAt, lastAt, residentMegabytes: residentBytes / 2 ** 20 };
}

/** Runs jobs that are due each second, beside others, and counts those within the window. */
export async function shareSeconds(open: OpenWith, { from, to }: WindowSettings): Promise<Figures> {
  let count = 0;
  const contestant = await open((at) => {
    if (at !== null && at >= from && at < to) {
      count += 1;
    }
  });
  await contestant.start();
  await pause(Math.max(0, to - now()) + QUIET_MS);
  await contestant.close();
  return { count };
}
