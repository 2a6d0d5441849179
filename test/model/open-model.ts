import pg from 'pg';
import { DataSource } from 'typeorm';
import { PrivatePostgres } from '../support/postgres/index.js';
import type { VirtualClock } from '../support/virtual-clock.js';
import type { ModelStores } from './model-stores.js';
import { MemoryStores } from './model-stores.js';
import { PostgresStores } from './postgres-stores.js';

/** Where worlds of one kind get their stores. */
export interface Model {
  readonly stores: (clock: VirtualClock) => ModelStores;
  close(): Promise<void>;
}

/** @param store `locking`, `compare-and-set` or `postgres` */
export async function openModel(store: string): Promise<Model> {
  if (store === 'locking' || store === 'compare-and-set') {
    return { stores: (clock) => new MemoryStores(clock, store), close: async () => {} };
  }
  if (store !== 'postgres') {
    throw new Error(`There is no store "${store}". Choose locking, compare-and-set or postgres.`);
  }
  const server = await PrivatePostgres.start();
  const database = await openDatabase(server.url);
  return {
    ...database,
    close: async () => {
      await database.close();
      await server.destroy();
    },
  };
}

/** No world outlives a crash of its server, so none has to wait for the disk. */
const UNHURRIED = `do $$ begin
  execute format('alter database %I set synchronous_commit = off', current_database());
end $$; set synchronous_commit = off`;

/** Worlds in a database, each in a schema of its own. */
export async function openDatabase(url: string): Promise<Model> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(UNHURRIED);
  const application = new DataSource({ type: 'postgres', url });
  await application.initialize();
  let worlds = 0;
  return {
    stores: () => {
      worlds += 1;
      return new PostgresStores(url, admin, application, worlds);
    },
    close: async () => {
      await application.destroy();
      await admin.end();
    },
  };
}
