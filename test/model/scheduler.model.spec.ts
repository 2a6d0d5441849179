import { describe, expect, it } from '@jest/globals';
import { createDatabase } from '../support/postgres/index.js';
import type { Model } from './open-model.js';
import { openDatabase, openModel } from './open-model.js';
import { search } from './search.js';

/** More by `MODEL_RUNS=2000 npm test -- test/model`; `MODEL_SEED` gives others. */
const RUNS = Number(process.env.MODEL_RUNS ?? 60);
const SEED = Number(process.env.MODEL_SEED ?? 20_260_105);

const STORES = [
  { store: 'locking', runs: RUNS },
  { store: 'compare-and-set', runs: RUNS },
  // A world in a database takes as long as ten in memory.
  { store: 'postgres', runs: Math.ceil(RUNS / 5) },
];

describe.each(STORES)('several nodes on one $store store', ({ store, runs }) => {
  it(
    'keep to the rules, whatever dies, freezes, is cut off, slow, restarted or edited, and whenever',
    async () => {
      const model = await open(store);
      try {
        const finding = await search(model.stores, { runs, seed: SEED, shrink: false });
        // `main.ts` looks for a shorter way to a breach.
        expect(finding).toEqual({ runs, breaches: [], steps: '' });
      } finally {
        await model.close();
      }
    },
    60_000 + 5000 * runs,
  );
});

async function open(store: string): Promise<Model> {
  if (store !== 'postgres') {
    return openModel(store);
  }
  const database = await createDatabase();
  const model = await openDatabase(database.url);
  return {
    ...model,
    close: async () => {
      await model.close();
      await database.drop();
    },
  };
}
