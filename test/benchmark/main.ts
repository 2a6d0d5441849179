/**
 * Measures this project beside what a user would pick instead:
 *
 *     npm run bench                    all suites
 *     npm run bench -- triggers        one
 *     npm run bench -- --json          a JSON object per line
 */
import { parseArgs } from 'node:util';
import type { Suite } from './suite.js';
import { describeRow } from './suite.js';
import { triggers } from './triggers.js';

const suites: readonly Suite[] = [triggers];

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const known = suites.map(({ name }) => name).join(', ');
  throw new Error(`There is no suite ${unknown.join(', ')}. There are ${known}.`);
}

for (const suite of suites.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
)) {
  for await (const row of suite.measure()) {
    console.log(values.json ? JSON.stringify(row) : describeRow(row));
  }
}
