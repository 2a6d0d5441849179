import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Attempt, Samples } from '../harness/bench.js';
import { OURS } from '../harness/bench.js';
import { runProgram } from '../harness/run-program.js';
import type { Figures, Settings } from '../harness/protocol.js';
import type { Row, Suite } from '../suite.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = new URL('../boot/program.js', import.meta.url);

/** Beside the packages of the project, so that what is compiled finds them. */
const DIST = new URL('../dist/', import.meta.url);

const EMPTY = 'empty application';
const PEER = '@nestjs/schedule';
const ON_POSTGRES = 'ours on Postgres';
const WITH_MANY = 'ours with many';

const MANY = 10_000;

/** How long an application takes to be there. */
export const boot: Suite = {
  name: 'boot',
  async *measure(bench): AsyncGenerator<Row> {
    compile();
    try {
      const many = bench.either(MANY, MANY / 10);
      yield* await bench.withDatabase((url) =>
        bench.withDatabase(async (full) => {
          await start({ scheduler: 'ours', url, jobs: 0 });
          await start({ scheduler: 'ours', url: full, jobs: many });
          return rowsOf(many, await bench.compare(attempts(url, full, many)));
        }),
      );
    } finally {
      rmSync(DIST, { recursive: true, force: true });
    }
  },
};

function compile(): void {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', 'tsconfig.build.json', '--outDir', fileURLToPath(DIST)];
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 'inherit'],
  });
  if (status !== 0) {
    throw new Error('The project could not be compiled.');
  }
}

function attempts(url: string, full: string, many: number): Record<string, Attempt> {
  return {
    [OURS]: () => start({ scheduler: 'ours', url: null, jobs: 0 }),
    [EMPTY]: () => start({ scheduler: 'nothing', url: null, jobs: 0 }),
    [ON_POSTGRES]: () => start({ scheduler: 'ours', url, jobs: 0 }),
    [WITH_MANY]: () => start({ scheduler: 'ours', url: full, jobs: many }),
    [PEER]: () => start({ scheduler: PEER, url: null, jobs: 0 }),
  };
}

function start(settings: Settings): Promise<Figures> {
  return runProgram(PROGRAM, { dist: DIST.href, ...settings }, 'boot');
}

/** What an application pays beyond its own start. */
function rowsOf(many: number, samples: Readonly<Record<string, Samples>>): Row[] {
  const empty = samples[EMPTY]?.milliseconds?.median ?? Number.NaN;
  const added = (name: string): number | null => {
    const whole = samples[name]?.milliseconds?.median;
    return whole === undefined ? null : whole - empty;
  };
  const theirs = added(PEER);
  const row = (title: string, name: string): Row => {
    const ours = added(name) ?? Number.NaN;
    const { low = Number.NaN, high = Number.NaN } = samples[name]?.milliseconds ?? {};
    return {
      suite: 'boot',
      case: title,
      ours,
      unit: 'ms',
      peers: { [PEER]: theirs },
      ratio: theirs === null ? null : ours / theirs,
      goal: null,
      met: true,
      spread: [low - empty, high - empty],
    };
  };
  return [
    row('added to the start, jobs in memory', OURS),
    row('added to the start, jobs in Postgres', ON_POSTGRES),
    row(`the same with ${many} declared jobs that are stored`, WITH_MANY),
  ];
}
