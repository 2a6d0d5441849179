import { afterAll, beforeAll } from '@jest/globals';
import { describePooled, PgBouncer } from '../support/pgbouncer/index.js';
import { describeJobStore } from './job-store.contract.js';
import { PostgresWorlds } from './postgres-worlds.js';

describePooled('contract of a job store, behind PgBouncer in transaction mode', () => {
  let worlds: PostgresWorlds;
  let pooler: PgBouncer;

  beforeAll(async () => {
    worlds = await PostgresWorlds.open();
    pooler = await PgBouncer.start(worlds.database.url, { pool_mode: 'transaction' });
  });

  afterAll(async () => {
    await pooler.stop();
    await worlds.close();
  });

  describeJobStore('Postgres store', () => worlds.pair(pooler.url(worlds.database.url)));
});
