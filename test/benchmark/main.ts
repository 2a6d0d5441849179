/**
 * Measures this project beside what a user would pick instead:
 *
 *     npm run bench                    all suites
 *     npm run bench -- drain limit     some
 *     npm run bench -- --json          a JSON object per line
 *     npm run bench -- --quick         less of everything, within a minute a suite
 *     npm run bench -- --rounds 3      others than five of everything
 */
import { parseArgs } from 'node:util';
import { PrivatePostgres } from '../support/postgres/index.js';
import { Bench } from './harness/bench.js';
import { Compiled } from './harness/compiled.js';
import { runOnNewerNode } from './harness/newer-node.js';
import { findRedis } from './harness/redis.js';
import { add } from './suites/add.js';
import { boot } from './suites/boot.js';
import { drain } from './suites/drain.js';
import { lateness } from './suites/lateness.js';
import { memoryStore } from './suites/memory-store.js';
import { recurring } from './suites/recurring.js';
import { idle } from './suites/idle.js';
import { nodes } from './suites/nodes.js';
import { stored } from './suites/stored.js';
import { limit } from './suites/limit.js';
import { triggers } from './suites/triggers.js';
import type { Suite } from './suite.js';
import { describeRow, rowAsJson } from './suite.js';

const SUITES: readonly Suite[] = [
  triggers,
  lateness,
  drain,
  recurring,
  stored,
  add,
  memoryStore,
  nodes,
  idle,
  boot,
  limit,
];

/** The defaults of Postgres, said aloud: nothing is measured without them. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

interface Wishes {
  readonly quick: boolean;
  readonly json: boolean;
  readonly rounds?: number;
}

async function measure(suites: readonly Suite[], { json, ...terms }: Wishes): Promise<void> {
  const compiled = Compiled.make();
  try {
    const server = await PrivatePostgres.start({ settings: DURABLE });
    try {
      const bench = new Bench({ ...terms, server, redisUrl: await findRedis(), compiled });
      for (const suite of suites) {
        bench.beginSuite();
        for await (const row of suite.measure(bench)) {
          console.log(json ? rowAsJson(row) : describeRow(row));
        }
      }
    } finally {
      await server.destroy();
    }
  } finally {
    compiled.remove();
  }
}

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
  allowPositionals: true,
});

const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const known = SUITES.map(({ name }) => name).join(', ');
  throw new Error(`There is no suite ${unknown.join(', ')}. There are ${known}.`);
}

const code = await runOnNewerNode();
if (code === null) {
  const wanted = SUITES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  const { rounds, ...wishes } = values;
  await measure(wanted, rounds === undefined ? wishes : { ...wishes, rounds: Number(rounds) });
} else {
  process.exitCode = code;
}
