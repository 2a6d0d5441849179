import { afterAll, beforeAll } from '@jest/globals';
import pg from 'pg';
import { PostgresJobStore } from '../../lib/stores/typeorm/postgres.job-store.js';
import { readSettings } from '../../lib/stores/typeorm/typeorm-store.options.js';
import type { TestDatabase } from '../support/postgres/index.js';
import { createDatabase } from '../support/postgres/index.js';
import { describeJobStore } from './job-store.contract.js';

let database: TestDatabase;
let admin: pg.Client;
let worlds = 0;

beforeAll(async () => {
  database = await createDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

describeJobStore('Postgres store', async () => {
  worlds += 1;
  const schema = `world_${worlds}`;
  const clock = `clock_${worlds}`;
  await admin.query(`create table ${clock} as select statement_timestamp() as instant`);
  const settings = readSettings({ type: 'postgres', url: database.url, schema, poolSize: 4 });
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
});
