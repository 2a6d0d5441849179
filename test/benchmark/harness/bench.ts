import pg from 'pg';
import type { PrivatePostgres } from '../../support/postgres/index.js';
import type { Figures, Settings } from './protocol.js';
import type { Compiled } from './compiled.js';
import { runProgram } from './run-program.js';
import type { Sample } from './sample.js';
import { sampleOf } from './sample.js';

export interface BenchTerms {
  readonly quick: boolean;
  /** How often each contestant does each workload. Default: 5, or 1 in a quick run. */
  readonly rounds?: number;
  readonly server: PrivatePostgres;
  readonly redisUrl: string | null;
  readonly compiled: Compiled;
}

const ROUNDS = 5;

/** Enough to see that it works. */
const QUICK_ROUNDS = 1;

/** When a quick run begins to leave peers out: what has begun by then ends within the minute. */
const QUICK_MS = 40_000;

/** Ours, and the one that the goal is about, which stands next to it. */
const ALWAYS = 2;

/** Figures of all rounds, by name. */
export type Samples = Readonly<Record<string, Sample>>;

/** How one contestant does one round. */
export type Attempt = () => Promise<Figures>;

/** What suites measure with. */
export class Bench {
  readonly quick: boolean;
  readonly rounds: number;
  readonly redisUrl: string | null;
  /** URL of the folder with the entries of the compiled project. */
  readonly dist: URL;
  private readonly program: URL;
  private lastDatabase = 0;
  private readonly failed = new Set<string>();
  private suiteBegan = 0;

  constructor(private readonly terms: BenchTerms) {
    this.quick = terms.quick;
    this.rounds = terms.rounds ?? (terms.quick ? QUICK_ROUNDS : ROUNDS);
    this.redisUrl = terms.redisUrl;
    this.dist = terms.compiled.url('lib/');
    this.program = terms.compiled.url('test/benchmark/harness/contestant.js');
  }

  /** To be called before each suite. */
  beginSuite(): void {
    this.suiteBegan = performance.now();
    this.failed.clear();
  }

  /** The first in a full run, the second in a quick one. */
  either<T>(full: T, quick: T): T {
    return this.quick ? quick : full;
  }

  /** One round of a contestant, on a database of its own. */
  async run(contestant: string, workload: string, settings: Settings): Promise<Figures> {
    return this.withDatabase((url) => this.runOn(url, contestant, workload, settings));
  }

  /** The same on a database that is there, or without any. */
  runOn(
    url: string | null,
    contestant: string,
    workload: string,
    settings: Settings,
  ): Promise<Figures> {
    const order = {
      contestant,
      workload,
      settings: { url, redisUrl: this.redisUrl, ...settings },
    };
    return runProgram(this.program, order, `${contestant} at ${workload}`);
  }

  /**
   * Lends a fresh database.
   *
   * @param pattern the URL of one that it is to be a copy of, which nobody is connected to
   */
  async withDatabase<T>(work: (url: string) => Promise<T>, pattern?: string): Promise<T> {
    this.lastDatabase += 1;
    const name = `bench_${this.lastDatabase}`;
    const template = pattern === undefined ? 'template1' : new URL(pattern).pathname.slice(1);
    await this.administer(`create database ${name} template ${template}`);
    try {
      const url = new URL(this.terms.server.url);
      url.pathname = `/${name}`;
      return await work(url.href);
    } finally {
      await this.administer(`drop database ${name} with (force)`);
      // What one left to write must not be written while the next is measured.
      await this.administer('checkpoint');
    }
  }

  /**
   * Lets contestants take turns, so that whatever the machine does meanwhile meets them all.
   *
   * One that fails is left out from then on, and out of the result.
   */
  async compare(attempts: Readonly<Record<string, Attempt>>): Promise<Record<string, Samples>> {
    const results = new Map<string, Figures[]>();
    for (let round = 0; round < this.rounds; round += 1) {
      for (const [place, [name, attempt]] of inTurn(
        [...Object.entries(attempts).entries()],
        round,
      )) {
        if (place >= ALWAYS && this.isOutOfTime()) {
          process.stderr.write(`!! ${name} is left out. A quick run has no time left for it.\n`);
        } else if (!this.failed.has(name)) {
          const figures = await this.attempt(name, attempt);
          results.set(name, [...(results.get(name) ?? []), ...figures]);
        }
      }
    }
    return samplesByName(results);
  }

  /** The same for what does so little that it can be done at once. */
  async compareAtOnce(
    attempts: Readonly<Record<string, Attempt>>,
  ): Promise<Record<string, Samples>> {
    const results = new Map<string, Figures[]>();
    for (let round = 0; round < this.rounds; round += 1) {
      const present = Object.entries(attempts).filter(([name]) => !this.failed.has(name));
      await Promise.all(
        present.map(async ([name, attempt]) => {
          const figures = await this.attempt(name, attempt);
          results.set(name, [...(results.get(name) ?? []), ...figures]);
        }),
      );
    }
    return samplesByName(results);
  }

  private async attempt(name: string, attempt: Attempt): Promise<Figures[]> {
    try {
      return [await attempt()];
    } catch (error) {
      if (name === OURS) {
        throw error;
      }
      this.failed.add(name);
      process.stderr.write(`!! ${name} is left out. ${String(error)}\n`);
      return [];
    }
  }

  /** Whether a quick run has to come to its end. */
  isOutOfTime(): boolean {
    return this.quick && performance.now() - this.suiteBegan > QUICK_MS;
  }

  private async administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.terms.server.url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

/** The name of this project among the contestants. */
export const OURS = 'ours';

/** Another one begins each round. */
function inTurn<T>(items: readonly T[], round: number): T[] {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

function samplesByName(results: ReadonlyMap<string, readonly Figures[]>): Record<string, Samples> {
  const whole = [...results].filter(([, figures]) => figures.length > 0);
  return Object.fromEntries(whole.map(([name, figures]) => [name, samplesOf(figures)]));
}

function samplesOf(rounds: readonly Figures[]): Samples {
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, sampleOf(rounds.map((figures) => figures[name] ?? Number.NaN))]),
  );
}
