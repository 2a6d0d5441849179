import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createDataSource } from '../../../lib/stores/typeorm/connection/data-source.factory.js';
import { Database } from '../../../lib/stores/typeorm/connection/database.js';
import { Session } from '../../../lib/stores/typeorm/connection/session.js';
import { SqlNames } from '../../../lib/stores/typeorm/connection/sql-names.js';
import { statement } from '../../../lib/stores/typeorm/connection/statement.js';
import { readSettings } from '../../../lib/stores/typeorm/typeorm-store.options.js';
import { newJob } from '../../contract/new-job.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase, PrivatePostgres } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

describe('A connection of the Postgres store', () => {
  let server: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await createDatabase();
    const settings = readSettings({ type: 'postgres', url: server.url, poolSize: 2 });
    const source = await createDataSource(settings, () => undefined).initialize();
    database = new Database(source, new SqlNames('scheduler'), () => undefined);
  });

  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  const backend = async (): Promise<unknown> =>
    (await database.session((session) => session.query('select pg_backend_pid() as pid', [])))[0];
  const fail = (code: string): string =>
    `do $$ begin raise exception using errcode = '${code}'; end $$`;
  const ways = {
    'a statement of its own': (code: string) =>
      database.session((session) => session.query(fail(code), [])),
    'a transaction': (code: string) =>
      database.transaction((session) => session.query(fail(code), [])),
  };

  describe.each(Object.entries(ways))('after an error in %s', (_, attempt) => {
    it.each([
      ['a constraint was violated', '23505'],
      ['a lock was not had in time', '55P03'],
      ['a deadlock, each time anew', '40P01'],
      ['the disk is full', '53100'],
    ])('is used on when %s', async (_what, code) => {
      const before = await backend();
      await expect(attempt(code)).rejects.toMatchObject({ code });
      expect(await backend()).toEqual(before);
    });

    it.each([
      ['the server only reads', '25006'],
      ['a limit of time from elsewhere has ended the statement', '57014'],
      ['the server shuts down', '57P01'],
      ['the server cannot connect now', '57P03'],
      ['it broke', '08006'],
    ])('is not used again when %s', async (_what, code) => {
      const before = await backend();
      await expect(attempt(code)).rejects.toMatchObject({ code });
      expect(await backend()).not.toEqual(before);
    });
  });
});

describe('A statement of the Postgres store', () => {
  it('has a name of its own for each schema, so that no pooler can take one for another', async () => {
    const server = await createDatabase();
    const settings = readSettings({ type: 'postgres', url: server.url });
    const source = await createDataSource(settings, () => undefined).initialize();
    const database = new Database(source, new SqlNames('scheduler'), () => undefined);
    const which = statement('which', (sql) => `select '${sql.schema}' as schema`);
    const names = await database.raw(async (client) => {
      for (const schema of ['one', 'two', 'one', 'two']) {
        const session = new Session(client, new SqlNames(schema), { own: true, named: true });
        expect(await session.row(which)).toEqual({ schema });
      }
      return (await client.query<{ name: string }>('select name from pg_prepared_statements')).rows;
    });
    expect(names).toHaveLength(2);
    await database.close();
    await server.drop();
  });
});

describe('Connections of the Postgres store to a server that only reads', () => {
  let database: TestDatabase;
  let opened: OpenedStore;

  beforeEach(async () => {
    database = await createDatabase();
    opened = await OpenedStore.open({ type: 'postgres', url: database.url });
  });

  afterEach(async () => {
    await opened.close();
    await database.drop();
  });

  const settle = (what: string): Promise<unknown> =>
    rowsOf(
      database.url,
      `begin read write;
       do $$ begin execute format('alter database %I ${what}', current_database()); end $$;
       select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend';
       commit`,
    );

  // What a session was told when it began, it keeps: only another one learns that all is well again.
  it('are let go, so that the next leads to one that writes', async () => {
    await settle('set default_transaction_read_only = on');
    for (let call = 0; call < 8; call += 1) {
      await expect(opened.store.addJobs([newJob('refused')])).rejects.toThrow(/.+/);
    }
    await expect(opened.store.addJobs([newJob('refused')])).rejects.toThrow(/only reads/);
    await expect(opened.ids()).rejects.toThrow(/only reads/);
    await rowsOf(
      database.url,
      `begin read write;
       do $$ begin execute format('alter database %I reset all', current_database()); end $$;
       commit`,
    );
    // One that was opened before, and is used only now, goes as well.
    await until('a call gets through', () =>
      opened.store.addJobs([newJob('added')]).then(
        () => true,
        () => false,
      ),
    );
    expect(await opened.ids()).toEqual(['added']);
  });
});

describe('The Postgres store and an application that reach one server by two ways', () => {
  let server: PrivatePostgres;

  beforeAll(async () => {
    server = await PrivatePostgres.start({ settings: { unix_socket_directories: '.' } });
  });

  afterAll(() => server.destroy());

  it('find out that it is one', async () => {
    const opened = await OpenedStore.open({ type: 'postgres', url: server.url });
    const [place] = await rowsOf<{ host: string }>(
      server.url,
      `select current_setting('data_directory') as host`,
    );
    const { port, username, password } = new URL(server.url);
    const application = await new DataSource({
      type: 'postgres',
      ...place,
      port: Number(port),
      username,
      password,
      database: 'postgres',
    }).initialize();
    await application.transaction((manager) =>
      opened.store.addJobs([newJob('added')], { manager }),
    );
    expect(await opened.ids()).toEqual(['added']);
    await application.destroy();
    await opened.close();
  });
});
