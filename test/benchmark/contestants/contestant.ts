import type { Figures } from '../harness/protocol.js';

/** What a contestant can do, by workload. */
export type Contestant = Readonly<Record<string, (settings: never) => Promise<Figures>>>;
