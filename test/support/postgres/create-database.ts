import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import pg from 'pg';
import { ADDRESS_VARIABLE } from './shared-server.js';

export interface TestDatabase {
  /** Connection URL of the database, with user and password. */
  readonly url: string;
  /** Deletes the database, and ends the connections that are still open to it. */
  drop(): Promise<void>;
}

/**
 * A fresh, empty database on the Postgres server of this Jest run. Call it in `beforeAll`, and `drop()` in `afterAll`.
 *
 * A server that cannot start makes the promise reject, and so the spec fail.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const server = await sharedServerUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let known: Promise<string> | undefined;

function sharedServerUrl(): Promise<string> {
  known ??= askForUrl();
  return known;
}

async function askForUrl(): Promise<string> {
  const address = process.env[ADDRESS_VARIABLE];
  if (!address) {
    throw new Error(
      `${ADDRESS_VARIABLE} is not set: Jest did not run test/support/postgres/global-setup.js. ` +
        'Run the tests with the jest.config.js of the project.',
    );
  }
  const { url, error } = JSON.parse(await readAll(address)) as { url?: string; error?: string };
  if (!url) throw new Error(error);
  return url;
}

function readAll(address: string): Promise<string> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => (text += part));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
