import { MigrationExecutor } from 'typeorm';
import type { DataSource, QueryRunner } from 'typeorm';
import { MIGRATION_TABLE, NEWEST_MIGRATION } from './migrations.js';

/** Keeps our advisory locks apart from an application's own. */
const LOCK_SPACE = 0x5c4ed;

/** Makes the schema and its tables, or brings them up to date. Processes that do it at once wait for each other. */
export async function migrate(dataSource: DataSource, schema: string): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    if (await isUpToDate(runner, schema)) {
      return;
    }
    await runner.startTransaction();
    try {
      await runner.query(`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext($1))`, [schema]);
      // Only then: asked for an existing schema, even "if not exists" needs the right to make one.
      if (
        (await runner.query(`select from pg_namespace where nspname = $1`, [schema])).length === 0
      ) {
        await runner.query(`create schema "${schema}"`);
      }
      await runner.query(`set local search_path = "${schema}"`);
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'all';
      await executor.executePendingMigrations();
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}

async function isUpToDate(runner: QueryRunner, schema: string): Promise<boolean> {
  const table = `"${schema}"."${MIGRATION_TABLE}"`;
  // Asked for first: a table that is missing would show up as an error in the server's log.
  const [found]: { present: boolean }[] = await runner.query(
    `select to_regclass($1) is not null as present`,
    [table],
  );
  if (!found?.present) {
    return false;
  }
  const rows: unknown[] = await runner.query(`select from ${table} where name = $1`, [
    NEWEST_MIGRATION,
  ]);
  return rows.length > 0;
}
