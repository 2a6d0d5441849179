import { afterAll, beforeAll } from '@jest/globals';
import { describeJobStore } from './job-store.contract.js';
import { PostgresWorlds } from './postgres-worlds.js';

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.open();
});

afterAll(() => worlds.close());

describeJobStore('Postgres store', () => worlds.pair());
