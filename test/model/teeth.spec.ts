import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { FaultName } from '../support/sabotage/sabotage.js';
import { FAULT_NAMES, SABOTAGE_VARIABLE } from '../support/sabotage/sabotage.js';
import { openModel } from './open-model.js';
import type { Finding } from './search.js';
import { search } from './search.js';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const REGISTER = new URL('../support/typescript/register.js', import.meta.url).href;

const SEED = 1;

/** So many that a fault shows, whatever the seed comes to mean as the library changes. */
const RUNS = 1000;

const LONGEST_SEARCH_MS = 60_000;

interface Tooth {
  readonly store: 'locking' | 'compare-and-set';
  /** What the fault comes to in the end, whatever else it breaks before. */
  readonly breach: RegExp;
}

/**
 * Where each fault is looked for. Each shows in both modes of the memory store within a hundred worlds or so, and in
 * Postgres too, where a world takes a hundred times as long: `main.ts` looks wherever it is told to.
 */
const TEETH: Readonly<Record<FaultName, Tooth>> = {
  'no-fence': {
    store: 'locking',
    breach: /outcome of a superseded claim/,
  },
  'no-unique': { store: 'compare-and-set', breach: /began its attempt 1 twice/ },
  'node-clock': { store: 'locking', breach: /before its instant/ },
  'no-start-write': { store: 'compare-and-set', breach: /without having been turned running/ },
  'stale-count': { store: 'locking', breach: /at once, \d+ are allowed/ },
  'reap-early': { store: 'compare-and-set', breach: /taken from a node that lives/ },
};

describe('the model', () => {
  it.each(FAULT_NAMES)(
    'finds the fault "%s" within a minute, and nothing where it is not',
    async (name) => {
      const { store, breach } = TEETH[name];
      const { ms, runs, breaches } = await searchWith(name, TEETH[name]);
      expect(breaches).toContainEqual(expect.stringMatching(breach));
      expect(ms).toBeLessThan(LONGEST_SEARCH_MS);

      const { stores } = await openModel(store);
      const sound = await search(stores, { runs, seed: SEED, shrink: false });
      expect(sound).toMatchObject({ breaches: [] });
    },
    3 * LONGEST_SEARCH_MS,
  );
});

/** Searches in a process of its own, which has the fault in what it loads. */
async function searchWith(
  name: FaultName,
  { store, breach }: Tooth,
): Promise<Finding & { ms: number }> {
  const asked = { store, wanted: breach.source, runs: `${RUNS}`, seed: `${SEED}` };
  const options = Object.entries(asked).flatMap(([option, value]) => [`--${option}`, value]);
  const args = ['--import', REGISTER, MAIN, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, [SABOTAGE_VARIABLE]: name },
    timeout: 2 * LONGEST_SEARCH_MS,
  });
  return JSON.parse(stdout) as Finding & { ms: number };
}
