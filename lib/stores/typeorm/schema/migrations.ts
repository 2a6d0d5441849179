import { CreateTables1763800000000 } from './0001-create-tables.migration.js';
import { AddProgress1795300000000 } from './0002-add-progress.migration.js';

/** All migrations, oldest first. A released one never changes. */
export const MIGRATIONS = [CreateTables1763800000000, AddProgress1795300000000] as const;

export const MIGRATION_TABLE = 'migration';

/** Name of the newest migration, as the migrations table has it. */
export const NEWEST_MIGRATION = AddProgress1795300000000.name;
