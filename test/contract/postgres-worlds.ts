import pg from 'pg';
import { PostgresJobStore } from '../../lib/stores/typeorm/postgres.job-store.js';
import { readSettings } from '../../lib/stores/typeorm/typeorm-store.options.js';
import type { TestDatabase } from '../support/postgres/index.js';
import { createDatabase } from '../support/postgres/index.js';
import type { StorePair } from './store-world.js';

/** Pairs of stores in one database, each pair in a schema of its own whose time is what stands in a table. */
export class PostgresWorlds {
  private worlds = 0;

  private constructor(
    readonly database: TestDatabase,
    private readonly admin: pg.Client,
  ) {}

  static async open(): Promise<PostgresWorlds> {
    const database = await createDatabase();
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    return new PostgresWorlds(database, admin);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.database.drop();
  }

  /** @param url by which the stores reach the database */
  async pair(url = this.database.url): Promise<StorePair> {
    const { admin } = this;
    this.worlds += 1;
    const schema = `world_${this.worlds}`;
    const clock = `clock_${this.worlds}`;
    await admin.query(`create table ${clock} as select statement_timestamp() as instant`);
    const settings = readSettings({ type: 'postgres', url, schema, poolSize: 4 });
    const store = (): PostgresJobStore =>
      new PostgresJobStore(settings, `(select instant from public.${clock})`);
    return {
      first: store(),
      second: store(),
      timeIs: async (now) => {
        await admin.query(`update ${clock} set instant = to_timestamp($1::float8 / 1000)`, [now]);
      },
      dispose: async () => {
        await admin.query(`drop schema if exists ${schema} cascade; drop table ${clock}`);
      },
    };
  }
}
