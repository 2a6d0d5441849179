import type { Figures } from '../harness/protocol.js';
import type { OpenWith } from './workload.js';
import { required } from './workload.js';

interface Settings {
  readonly count: number;
}

const HOUR_MS = 3_600_000;

/** Adds jobs one after the other, each when the one before is stored. */
export async function addSingle(open: OpenWith, { count }: Settings): Promise<Figures> {
  const contestant = await open(() => undefined);
  const add = required(contestant.addOne, 'add a job');
  const date = new Date(Date.now() + HOUR_MS);
  const begin = performance.now();
  for (let added = 0; added < count; added += 1) {
    await add(date);
  }
  const seconds = (performance.now() - begin) / 1000;
  await contestant.close();
  return { perSecond: count / seconds };
}

/** Adds jobs by the call for many. */
export async function addBulk(open: OpenWith, { count }: Settings): Promise<Figures> {
  const contestant = await open(() => undefined);
  const date = new Date(Date.now() + HOUR_MS);
  const instants = Array.from({ length: count }, () => date);
  const begin = performance.now();
  await required(contestant.addMany, 'add many jobs')(instants);
  const seconds = (performance.now() - begin) / 1000;
  await contestant.close();
  return { perSecond: count / seconds };
}
