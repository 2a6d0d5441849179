import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { MIGRATIONS } from '../../../lib/stores/typeorm/schema/migrations.js';
import { newJob } from '../../contract/new-job.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

describe('Migrations of the Postgres store', () => {
  let database: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  const migrationsIn = async (schema: string): Promise<string[]> => {
    const { rows } = await admin.query<{ name: string }>(`select name from "${schema}".migration`);
    return rows.map((row) => row.name);
  };

  it('are run once when many processes start at the same time', async () => {
    const options = { type: 'postgres', url: database.url, schema: 'Crowd' } as const;
    const stores = await Promise.all(Array.from({ length: 6 }, () => OpenedStore.open(options)));
    expect(await migrationsIn('Crowd')).toEqual(MIGRATIONS.map(({ name }) => name));
    await stores[0]?.store.addJobs([newJob('seen by all')]);
    for (const opened of stores) {
      expect(await opened.ids()).toEqual(['seen by all']);
      await opened.close();
    }
  });

  it('leave what is there as it is when the store opens again', async () => {
    const options = { type: 'postgres', url: database.url } as const;
    const first = await OpenedStore.open(options);
    await first.store.addJobs([newJob('kept')]);
    await first.close();
    await first.reopen();
    expect(await first.ids()).toEqual(['kept']);
    await first.close();
    expect(await migrationsIn('scheduler')).toHaveLength(MIGRATIONS.length);
  });

  it('need no right to make schemas where there is one already', async () => {
    await admin.query(`
      create role tenant login password 'secret';
      create schema tenant authorization tenant;
      revoke create on database ${new URL(database.url).pathname.slice(1)} from public, tenant`);
    const url = new URL(database.url);
    url.username = 'tenant';
    url.password = 'secret';
    const opened = await OpenedStore.open({ type: 'postgres', url: url.href, schema: 'tenant' });
    await opened.store.addJobs([newJob('mine')]);
    expect(await opened.ids()).toEqual(['mine']);
    await opened.close();
    await admin.query('drop schema tenant cascade; drop owned by tenant; drop role tenant');
  });

  it('keep stores in different schemas of a database apart', async () => {
    const [one, two] = await Promise.all(
      ['tenant_one', 'tenant_two'].map((schema) =>
        OpenedStore.open({ type: 'postgres', url: database.url, schema }),
      ),
    );
    await one?.store.addJobs([newJob('of one', { nextFireAt: 0 })]);
    expect(await two?.ids()).toEqual([]);
    await one?.until(() => one.woken.length > 0);
    expect(two?.woken).toEqual([]);
    await one?.close();
    await two?.close();
  });
});
