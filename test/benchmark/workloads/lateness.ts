import { setTimeout as pause } from 'node:timers/promises';
import type { Figures } from '../harness/protocol.js';
import { percentile } from '../harness/sample.js';
import type { OpenWith } from './workload.js';
import { required } from './workload.js';

interface OneShotSettings {
  readonly count: number;
  readonly seconds: number;
  /** Another one gives other instants. */
  readonly seed: number;
}

interface EverySecondSettings {
  readonly count: number;
  readonly seconds: number;
}

/** From the first job added to the first that is due. */
const LEAD_IN_MS = 2000;

/** How long a straggler is waited for. */
const PATIENCE_MS = 10_000;

const SECOND_MS = 1000;

/** Timers may be so early, by the clocks that libraries plan with. */
const EARLY_MS = 10;

/** The clock of all contestants: finer than `Date`, and in step with it in a process as short as these. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/** For those who do not tell which second a job was for. One that is over a second late looks better than it is. */
function sinceWholeSecond(time: number): number {
  return ((time + EARLY_MS) % SECOND_MS) - EARLY_MS;
}

/** One-shots at random milliseconds. */
export async function oneShots(open: OpenWith, settings: OneShotSettings): Promise<Figures> {
  const { count, seconds, seed } = settings;
  const late: number[] = [];
  const ran = (at: number | null): void => void late.push(now() - (at ?? Number.NaN));
  const contestant = await open(ran, 'punctuality');
  await contestant.start();
  const from = Date.now() + LEAD_IN_MS;
  const instants = randomNumbers(count, seed).map(
    (random) => new Date(Math.floor(from + random * seconds * SECOND_MS)),
  );
  await required(contestant.addMany, 'add jobs')(instants);
  const end = from + seconds * SECOND_MS + PATIENCE_MS;
  while (late.length < count && Date.now() < end) {
    await pause(SECOND_MS / 4);
  }
  if (late.length < count) {
    throw new Error(`${late.length} of ${count} jobs ran.`);
  }
  await contestant.close();
  return describe(late);
}

/** Jobs that are due at each whole second. */
export async function everySecond(open: OpenWith, settings: EverySecondSettings): Promise<Figures> {
  const { count, seconds } = settings;
  const late: number[] = [];
  let isMeasured = false;
  const contestant = await open((at) => {
    if (isMeasured) {
      const time = now();
      late.push(at === null ? sinceWholeSecond(time) : time - at);
    }
  }, 'punctuality');
  await required(contestant.addEverySecond, 'run a job each second')(count);
  await contestant.start();
  await pause(LEAD_IN_MS);
  // In the middle between two seconds.
  await pause(SECOND_MS - (Date.now() % SECOND_MS) + SECOND_MS / 2);
  isMeasured = true;
  const cpu = process.cpuUsage();
  await pause(seconds * SECOND_MS);
  const { user, system } = process.cpuUsage(cpu);
  isMeasured = false;
  const figures = describe(late);
  const residentMegabytes = process.memoryUsage.rss() / 2 ** 20;
  await contestant.close();
  return {
    ...figures,
    perSecond: late.length / seconds,
    cpuSeconds: (user + system) / 1e6,
    residentMegabytes,
  };
}

function describe(late: readonly number[]): Figures {
  return { p50: percentile(late, 0.5), p99: percentile(late, 0.99), max: percentile(late, 1) };
}

/** The same for every contestant of a round. */
function randomNumbers(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
}
