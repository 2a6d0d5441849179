/**
 * Searches the model for a breach, in a process of its own, and prints what it finds as one JSON object:
 *
 *   node --import ./test/support/typescript/register.js test/model/main.ts --store locking --runs 1000 --seed 7
 */
import { parseArgs } from 'node:util';
import { openModel } from './open-model.js';
import { search } from './search.js';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'locking' },
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    shrink: { type: 'boolean', default: false },
    wanted: { type: 'string', default: '.' },
  },
});
const model = await openModel(values.store);
try {
  const startedAt = performance.now();
  const finding = await search(model.stores, {
    runs: Number(values.runs),
    seed: Number(values.seed),
    shrink: values.shrink,
    wanted: new RegExp(values.wanted),
  });
  const ms = Math.round(performance.now() - startedAt);
  console.log(JSON.stringify({ ms, ...finding }, null, 2));
} finally {
  await model.close();
}
