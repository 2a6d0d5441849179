import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { chooseAccount } from '../postgres/binaries.js';
import { PGBOUNCER } from './installed.js';
import { freePort } from './free-port.js';

type Settings = Readonly<Record<string, string | number>>;

/** The other connections of the server in turn, so that no two transactions of a client are on the same by luck. */
const SETTINGS: Settings = {
  listen_addr: '127.0.0.1',
  unix_socket_dir: '',
  auth_type: 'any',
  admin_users: 'admin',
  max_client_conn: 200,
  default_pool_size: 20,
  server_round_robin: 1,
};

/** Ends with us, however we end: its standard input is then closed. */
const UNTIL_INPUT_ENDS = '"$0" "$1" & bouncer=$!; read -r _; kill -INT $bouncer; wait $bouncer';

/** A PgBouncer of one spec, in front of a Postgres server. */
export class PgBouncer {
  private constructor(
    private readonly directory: string,
    private readonly shell: ChildProcess,
    private readonly port: number,
  ) {}

  /**
   * @param server URL of a database on the server. Clients reach any database of it as the user in there
   * @param settings as in pgbouncer.ini
   */
  static async start(server: string, settings: Settings): Promise<PgBouncer> {
    const { hostname, port, username, password } = new URL(server);
    const account = chooseAccount();
    const directory = await mkdtemp(join(tmpdir(), 'durable-scheduler-pgbouncer-'));
    const file = join(directory, 'pgbouncer.ini');
    const ownPort = await freePort();
    const lines = Object.entries({ ...SETTINGS, ...settings, listen_port: ownPort });
    await writeFile(
      file,
      `[databases]
* = host=${hostname} port=${port} user=${username} password=${password}
[pgbouncer]
${lines.map(([name, value]) => `${name} = ${value}`).join('\n')}
`,
    );
    if (account.uid !== undefined && account.gid !== undefined) {
      await chown(directory, account.uid, account.gid);
    }
    const shell = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, PGBOUNCER.program, file], {
      ...account,
      cwd: directory,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    await isUp(shell);
    return new PgBouncer(directory, shell, ownPort);
  }

  /** The URL by which a database of the server is reached through it. */
  url(database: string): string {
    const { pathname } = new URL(database);
    return `postgres://somebody@127.0.0.1:${this.port}${pathname}`;
  }

  /** Gives a command to it, such as `show pools`. */
  async command(text: string): Promise<void> {
    const client = new pg.Client({
      connectionString: `postgres://admin@127.0.0.1:${this.port}/pgbouncer`,
    });
    await client.connect();
    await client.query(text);
    await client.end();
  }

  async stop(): Promise<void> {
    const exit = once(this.shell, 'exit');
    this.shell.stdin?.end();
    await exit;
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function isUp(shell: ChildProcess): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    shell.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('process up')) {
        resolve();
      }
    });
    shell.once('exit', () => reject(new Error(`PgBouncer did not start:\n${log}`)));
  });
}
