import { drain } from './ours/drain.js';
import type { Contestant } from './contestant.js';

/** This project, as an application has it: its Nest module, its defaults, its history. */
export const ours = { drain } satisfies Contestant;
