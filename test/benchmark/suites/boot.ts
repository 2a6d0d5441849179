import type { Attempt, Bench, Samples } from '../harness/bench.js';
import { OURS } from '../harness/bench.js';
import { runProgram } from '../harness/run-program.js';
import type { Figures, Settings } from '../harness/protocol.js';
import type { Row, Suite } from '../suite.js';

const PROGRAM = new URL('../boot/program.js', import.meta.url);

const EMPTY = 'empty application';
const PEER = '@nestjs/schedule';
const ON_POSTGRES = 'ours on Postgres';
const WITH_MANY = 'ours with many';

const MANY = 10_000;

/** How long an application takes to be there. */
export const boot: Suite = {
  name: 'boot',
  async *measure(bench): AsyncGenerator<Row> {
    const many = bench.either(MANY, MANY / 10);
    yield* await bench.withDatabase((url) =>
      bench.withDatabase(async (full) => {
        await start(bench, { scheduler: 'ours', url, jobs: 0 });
        await start(bench, { scheduler: 'ours', url: full, jobs: many });
        return rowsOf(many, await bench.compare(attempts(bench, url, full, many)));
      }),
    );
  },
};

function attempts(bench: Bench, url: string, full: string, many: number): Record<string, Attempt> {
  return {
    [OURS]: () => start(bench, { scheduler: 'ours', url: null, jobs: 0 }),
    [EMPTY]: () => start(bench, { scheduler: 'nothing', url: null, jobs: 0 }),
    [ON_POSTGRES]: () => start(bench, { scheduler: 'ours', url, jobs: 0 }),
    [WITH_MANY]: () => start(bench, { scheduler: 'ours', url: full, jobs: many }),
    [PEER]: () => start(bench, { scheduler: PEER, url: null, jobs: 0 }),
  };
}

function start(bench: Bench, settings: Settings): Promise<Figures> {
  return runProgram(PROGRAM, { dist: bench.dist.href, ...settings }, 'boot');
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
