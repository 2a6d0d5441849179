import type { Contestant, Terms } from '../contestants/contestant.js';
import type { Figures } from '../harness/protocol.js';

/** Opens the contestant of this process, whose handlers call `ran`. */
export type OpenWith = (ran: Terms['ran'], aim?: Terms['aim']) => Promise<Contestant>;

/** Something to do, the same for all contestants. */
export type Workload = (open: OpenWith, settings: never) => Promise<Figures>;

/** @throws Error where the contestant has no such call */
export function required<T>(call: T | undefined, what: string): T {
  if (call === undefined) {
    throw new Error(`It cannot ${what}.`);
  }
  return call;
}
