import { addBulk, addSingle } from './add.js';
import { drain } from './drain.js';
import { idle } from './idle.js';
import { everySecond, oneShots } from './lateness.js';
import { prepare, shareDrain, shareSeconds } from './share.js';
import type { Workload } from './workload.js';

/** By the names that suites order them under. */
export const WORKLOADS: Readonly<Record<string, Workload>> = {
  drain,
  'one-shots': oneShots,
  'every-second': everySecond,
  idle,
  'add-single': addSingle,
  'add-bulk': addBulk,
  prepare,
  'share-drain': shareDrain,
  'share-seconds': shareSeconds,
};
