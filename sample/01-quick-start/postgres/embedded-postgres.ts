import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.js';
import { chooseAccount, giveTo } from './account.js';
import type { Binaries } from './binaries.js';
import { findBinaries } from './binaries.js';
import { findHome } from './home.js';
import { freePort } from './free-port.js';
import { countOthers, isServing } from './server-probe.js';

const USER = 'postgres';

const SETTINGS = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
timezone = 'UTC'
`;

/** Line of `postmaster.pid` that holds the port. */
const PORT_LINE = 3;

const STARTS = 3;
const BETWEEN_STARTS_MS = 1000;

/**
 * A Postgres server for those who have none: its programs come from npm, its data are in a directory.
 *
 * It is a process of its own. If the demo is killed it goes on, and the next start of the demo finds it; so do further
 * processes of the demo on the same data. The last one that ends in good order stops it.
 */
export class EmbeddedPostgres {
  private constructor(
    /** Directory of the data. */
    readonly home: string,
    private readonly account: Account,
    private readonly binaries: Binaries,
    private readonly password: string,
  ) {}

  private port = 0;

  /** How the server came to be there. */
  origin: 'created' | 'started' | 'found running' = 'started';

  /** The server of a directory: as it runs, started, or made. */
  static async open(directory: string): Promise<EmbeddedPostgres> {
    const account = chooseAccount();
    const home = await findHome(directory, account);
    const binaries = await findBinaries(account, home);
    const postgres = new EmbeddedPostgres(home, account, binaries, await passwordOf(home, account));
    await postgres.start();
    return postgres;
  }

  get url(): string {
    return `postgres://${USER}:${this.password}@127.0.0.1:${this.port}/postgres`;
  }

  /** Stops the server, unless others still use it. */
  async close(): Promise<void> {
    if ((await countOthers(this.url)) === 0) {
      await this.control('stop', '-m', 'fast');
    }
  }

  private get cluster(): string {
    return path.join(this.home, 'cluster');
  }

  private async start(): Promise<void> {
    if (!existsSync(this.cluster)) {
      await this.create();
    } else if (await this.find()) {
      this.origin = 'found running';
      return;
    }
    for (let attempt = 1; ; attempt += 1) {
      this.port = await freePort();
      try {
        const log = path.join(this.home, 'postgres.log');
        await this.control('start', '-l', log, '-o', `-p ${this.port}`);
        return;
      } catch (error) {
        if (attempt === STARTS) {
          throw error;
        }
        // Processes of a server that was killed may need a moment to notice, or somebody was faster with the port.
        await delay(BETWEEN_STARTS_MS);
      }
    }
  }

  /** Under another name until it is complete, so that a start that is broken off leaves nothing half done. */
  private async create(): Promise<void> {
    const unfinished = `${this.cluster}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await this.run(this.binaries.initdb, [
      `--pgdata=${unfinished}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile(this.home)}`,
      '--auth=password',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ]);
    await appendFile(path.join(unfinished, 'postgresql.conf'), SETTINGS);
    await rename(unfinished, this.cluster);
    this.origin = 'created';
  }

  /**
   * Whether a server works on the data already. `postmaster.pid` alone does not tell: it stays behind when a server is
   * killed, and Postgres would not start beside it if its process id has gone to somebody else meanwhile.
   */
  private async find(): Promise<boolean> {
    const file = path.join(this.cluster, 'postmaster.pid');
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    if (lines.length <= PORT_LINE) {
      return false;
    }
    this.port = Number(lines[PORT_LINE]);
    if (await isServing(this.url)) {
      return true;
    }
    await rm(file, { force: true });
    return false;
  }

  private async control(...args: readonly string[]): Promise<void> {
    await this.run(this.binaries.pg_ctl, [...args, '-D', this.cluster, '-w', '-s']);
  }

  private async run(program: string, args: readonly string[]): Promise<void> {
    const child = spawn(program, args, {
      ...this.account,
      cwd: this.home,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    child.stderr.destroy();
    if (code !== 0) {
      throw new Error(
        `${path.basename(program)} ended with ${code}. ${complaints.trim()} More is in ${path.join(this.home, 'postgres.log')}.`,
      );
    }
  }
}

function passwordFile(home: string): string {
  return path.join(home, 'password');
}

async function passwordOf(home: string, account: Account): Promise<string> {
  const file = passwordFile(home);
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(12).toString('hex'), { mode: 0o600 });
    await giveTo(file, account);
  }
  return readFile(file, 'utf8');
}
