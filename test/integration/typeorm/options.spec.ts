import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { DataSource } from 'typeorm';
import { InvalidOptionsError } from '../../../lib/core/errors/invalid-options.error.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { newJob } from '../../contract/new-job.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

const url = 'postgres://localhost/app';

const MISTAKES: readonly (readonly [string, unknown, RegExp])[] = [
  ['no options', undefined, /typeormStore\(options\) = undefined/],
  ['text', url, /typeormStore\(options\) = "postgres/],
  ['another database', { type: 'mysql', url }, /typeormStore\.type = "mysql".*Only "postgres"/],
  ['no type', { url }, /typeormStore\.type = undefined/],
  ['a schema with a quote', { type: 'postgres', url, schema: 'a"b' }, /schema = "a\\"b"/],
  ['an empty schema', { type: 'postgres', url, schema: '' }, /typeormStore\.schema = ""/],
  ['a schema of the system', { type: 'postgres', url, schema: 'pg_mine' }, /schema = "pg_mine"/],
  ['a schema of 49 letters', { type: 'postgres', url, schema: 'x'.repeat(49) }, /schema = "x+"/],
  ['a schema with NUL', { type: 'postgres', url, schema: 'a\u0000' }, /typeormStore\.schema = /],
  ['a schema that is no text', { type: 'postgres', url, schema: 5 }, /typeormStore\.schema = 5/],
  ['a pool of one', { type: 'postgres', url, poolSize: 1 }, /poolSize = 1\..*from 2 to 1000/],
  ['a pool of NaN', { type: 'postgres', url, poolSize: Number.NaN }, /poolSize = NaN/],
  ['a url with NUL', { type: 'postgres', url: `${url}\u0000` }, /typeormStore\.url = .*NUL/],
  ['a data source that is none', { dataSource: 'default' }, /typeormStore\.dataSource = "default"/],
  ['no data source', { dataSource: undefined }, /typeormStore\.dataSource = undefined/],
];

describe('Options of typeormStore()', () => {
  it.each(MISTAKES)(
    'are refused with the field, the value and a cure: %s',
    (_name, given, text) => {
      const make = (): unknown => typeormStore(given as never);
      expect(make).toThrow(InvalidOptionsError);
      expect(make).toThrow(text);
    },
  );

  it('are refused for a data source of another database', () => {
    const dataSource = new DataSource({ type: 'cockroachdb', url, timeTravelQueries: false });
    expect(() => typeormStore({ dataSource })).toThrow(
      /typeormStore\.dataSource\.options\.type = "cockroachdb"/,
    );
  });

  describe('that name a database', () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createDatabase();
    });

    afterAll(() => database.drop());

    it('may do so in parts, or as a primary with replicas', async () => {
      const { hostname: host, port, username, password, pathname } = new URL(database.url);
      const parts = { host, port: Number(port), username, password, database: pathname.slice(1) };
      const schema = 'In_Parts';
      const written = await OpenedStore.open({ type: 'postgres', ...parts, schema });
      await written.store.addJobs([newJob('job')]);
      await written.close();
      const replicated = await OpenedStore.open({
        type: 'postgres',
        replication: { master: parts, slaves: [{ ...parts, database: 'nowhere' }] },
        schema,
      });
      expect(await replicated.ids()).toEqual(['job']);
      await replicated.close();
    });

    it('may be those of a data source that is not connected yet', async () => {
      const dataSource = new DataSource({ type: 'postgres', url: database.url });
      const opened = await OpenedStore.open({ dataSource });
      expect(await opened.ids()).toEqual([]);
      expect(dataSource.isInitialized).toBe(false);
      await opened.close();
    });
  });

  it('that lead nowhere make opening fail, with nothing left open', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as AddressInfo;
    const opening = OpenedStore.open({
      type: 'postgres',
      host: '127.0.0.1',
      port,
      connectTimeoutMS: 200,
    });
    await expect(opening).rejects.toThrow(/timeout/);
    const refused = OpenedStore.open({ type: 'postgres', host: '127.0.0.1', port: 1 });
    await expect(refused).rejects.toThrow(/ECONNREFUSED/);
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => {
      silent.close(resolve);
    });
  });
});
