import { parseArgs } from 'node:util';
import type { FaultName } from '../support/sabotage/sabotage.js';
import { FAULT_NAMES } from '../support/sabotage/sabotage.js';

/** What can be put to the test. */
const STORES = ['postgres'] as const;

/** Who puts off the clocks of processes. `found`: libfaketime too, if it is there. */
const CLOCKS = ['found', 'both', 'port'] as const;

export interface ChaosOptions {
  /** How long faults are injected. Starting, settling and checking come on top. */
  readonly seconds: number;
  /** How many application processes. */
  readonly nodes: number;
  readonly seed: number;
  readonly store: (typeof STORES)[number];
  readonly clocks: (typeof CLOCKS)[number];
  /** The fault that is planted in the scheduler under test, to see whether it is found. */
  readonly sabotage: FaultName | null;
  /** Print nothing but the report. */
  readonly json: boolean;
  /** File to write everything to that the report was made from, for looking into a breach. */
  readonly evidence: string | null;
}

/** From here on there is time for faults that last half a minute. */
const LONG_RUN_S = 180;

export function isLong({ seconds }: ChaosOptions): boolean {
  return seconds >= LONG_RUN_S;
}

/** The command line asks for something that there is not. */
export class OptionError extends Error {}

/** @throws OptionError that says what is wrong with the command line */
export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '60' },
      nodes: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      store: { type: 'string', default: 'postgres' },
      // Where nobody reads warnings, nothing may be left out unsaid.
      clocks: { type: 'string', default: process.env['CI'] ? 'both' : 'found' },
      sabotage: { type: 'string' },
      json: { type: 'boolean', default: false },
      evidence: { type: 'string' },
    },
  });
  return {
    seconds: wholeNumber('seconds', values.seconds, 5, 86_400),
    nodes: wholeNumber('nodes', values.nodes, 1, 32),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 32 - 1),
    store: oneOf('store', values.store, STORES),
    clocks: oneOf('clocks', values.clocks, CLOCKS),
    sabotage:
      values.sabotage === undefined ? null : oneOf('sabotage', values.sabotage, FAULT_NAMES),
    json: values.json,
    evidence: values.evidence ?? null,
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new OptionError(`--${name} ${text}: give a whole number from ${least} to ${most}.`);
  }
  return number;
}

function oneOf<Name extends string>(option: string, given: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) {
    throw new OptionError(`--${option} ${given}: give one of ${names.join(', ')}.`);
  }
  return found;
}
