import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, DefaultNamingStrategy, EntitySchema } from 'typeorm';
import {
  DueEntity,
  JobEntity,
  LaneEntity,
  NodeEntity,
  RunEntity,
  schedulerEntities,
} from '../../../lib/stores/typeorm/index.js';
import { newJob } from '../../contract/new-job.js';
import { runNow } from '../../contract/plans.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

class ShoutingNames extends DefaultNamingStrategy {
  override tableName(target: string, given: string | undefined): string {
    return super.tableName(target, given).toUpperCase();
  }

  override columnName(property: string, given: string, prefixes: string[]): string {
    return super.columnName(property, given, prefixes).toUpperCase();
  }
}

const user = new EntitySchema<{ id: number }>({
  name: 'user',
  columns: { id: { type: 'integer', primary: true } },
});

describe('The tables of the Postgres store', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
  });

  afterAll(() => database.drop());

  it('are untouched by whatever an application does to its own', async () => {
    const application = new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [user],
      synchronize: true,
      dropSchema: true,
      entityPrefix: 'app_',
      namingStrategy: new ShoutingNames(),
      migrations: [],
      migrationsRun: true,
      poolSize: 1,
    });
    await application.initialize();
    const opened = await OpenedStore.open({ dataSource: application });
    await opened.store.addJobs([newJob('kept')]);
    await application.synchronize(true);
    await application.destroy();
    await application.initialize();
    expect(await opened.ids()).toEqual(['kept']);
    const tables: { path: string }[] = await application.query(`
      select table_schema || '.' || table_name as path from information_schema.tables
      where table_schema in ('public', 'scheduler') order by 1`);
    expect(tables.map((table) => table.path)).toEqual([
      'public.app_USER',
      'public.migrations',
      'scheduler.due',
      'scheduler.job',
      'scheduler.lane',
      'scheduler.migration',
      'scheduler.node',
      'scheduler.run',
    ]);
    await opened.close();
    await application.destroy();
  });

  it('can be read by an application through entities, column for column', async () => {
    const opened = await OpenedStore.open({ type: 'postgres', url: database.url, schema: 'own' });
    const node = await opened.join();
    await opened.store.addJobs([
      newJob('job', { nextFireAt: 1234, tags: ['x'], args: [{ y: 1 }] }),
    ]);
    await node.finish(await node.claim(runNow), { result: { sum: 3 } });
    const application = await new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [user, ...schedulerEntities('own')],
      synchronize: true,
    }).initialize();

    const [job] = await application.getRepository(JobEntity).findBy({ id: 'job' });
    expect(job).toMatchObject({ handler: 'a', tags: ['x'], args: [{ y: 1 }], removedAt: null });
    const [run] = await application.getRepository(RunEntity).findBy({ state: 'succeeded' });
    expect(run).toMatchObject({
      jobUid: job?.uid,
      scheduledAt: new Date(1234),
      result: { sum: 3 },
      nodeId: node.id,
    });
    for (const entity of [DueEntity, LaneEntity, NodeEntity]) {
      expect(await application.getRepository(entity).count()).toBe(1);
    }

    const mapped = application.entityMetadatas
      .filter((entity) => entity.schema === 'own')
      .flatMap(({ tableName, columns }) =>
        columns.map((column) => `${tableName}.${column.databaseName}`),
      );
    const found: { path: string }[] = await application.query(`
      select table_name || '.' || column_name as path from information_schema.columns
      where table_schema = 'own' and table_name <> 'migration'`);
    expect(mapped.sort()).toEqual(found.map((column) => column.path).sort());
    await application.destroy();
    await opened.close();
  });

  it('leave no connection behind once the store is closed', async () => {
    const opened = await OpenedStore.open({ type: 'postgres', url: database.url });
    await Promise.all(Array.from({ length: 20 }, () => opened.ids()));
    const observer = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const connections = async (): Promise<number> => {
      const rows: { count: number }[] = await observer.query(`
        select count(*)::integer as count from pg_stat_activity
        where application_name = 'nestjs-durable-scheduler' and datname = current_database()`);
      return rows[0]?.count ?? -1;
    };
    expect(await connections()).toBeLessThanOrEqual(5);
    await opened.close();
    await opened.close();
    while ((await connections()) > 0) {
      // The server takes note of closed connections in its own time.
    }
    await observer.destroy();
  });
});
