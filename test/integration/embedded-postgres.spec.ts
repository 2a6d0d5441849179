import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, PrivatePostgres, type TestDatabase } from '../support/postgres/index.js';

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** Opens a connection, to see it end. */
async function hold(url: string): Promise<{ lost: Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  await client.connect();
  return { lost };
}

describe('createDatabase', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createDatabase(), createDatabase()]);
  });

  afterAll(async () => {
    await first.drop();
    await second.drop();
  });

  it('gives each caller a database of its own', async () => {
    await query(first.url, 'CREATE TABLE mine (n int)');

    await expect(query(second.url, 'SELECT * FROM mine')).rejects.toThrow(/does not exist/);
  });

  it('runs the Postgres that the project promises, with fsync on', async () => {
    expect(await query(first.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    const [version] = await query(first.url, 'SHOW server_version');
    expect(version).toEqual({ server_version: expect.stringMatching(/^18\./) });
  });

  it('drops a database that is still in use', async () => {
    const third = await createDatabase();
    const { lost } = await hold(third.url);

    await third.drop();

    await lost;
    await expect(query(third.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });
});

describe('PrivatePostgres', () => {
  it.each(['fast', 'immediate'] as const)(
    'keeps what was committed over a stop %s',
    async (mode) => {
      const server = await PrivatePostgres.start();
      try {
        await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');

        await server.stop(mode);
        await expect(query(server.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
        await server.start();

        expect(await query(server.url, 'SELECT * FROM kept')).toEqual([{ answer: 42 }]);
      } finally {
        await server.destroy();
      }
    },
  );

  it('takes server settings, and keeps them when it is started again', async () => {
    const server = await PrivatePostgres.start({ settings: { max_connections: 17 } });
    try {
      await server.stop('fast');
      await server.start();

      expect(await query(server.url, 'SHOW max_connections')).toEqual([{ max_connections: '17' }]);
    } finally {
      await server.destroy();
    }
  });

  it('says why the server did not start', async () => {
    await expect(PrivatePostgres.start({ settings: { max_connections: 'many' } })).rejects.toThrow(
      /invalid value for parameter "max_connections"/,
    );
  });

  it('leaves no directory behind', async () => {
    const server = await PrivatePostgres.start();
    const [row] = await query(server.url, 'SHOW data_directory');
    const { data_directory: data } = row as { data_directory: string };

    await server.destroy();

    expect(await readdir(tmpdir())).not.toContain(path.basename(path.dirname(data)));
  });

  it('ends with the process that started it, however that ends', async () => {
    const program = new URL('../support/postgres/start-and-wait.js', import.meta.url);
    const owner = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [url] = (await once(owner, 'message')) as [string];
    const { lost } = await hold(url);

    owner.kill('SIGKILL');

    await lost;
  });
});
