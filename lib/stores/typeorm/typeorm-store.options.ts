import type { DataSource, DataSourceOptions } from 'typeorm';
import { InvalidOptionsError } from '../../core/errors/invalid-options.error.js';

/**
 * Options of a TypeORM `DataSource` for Postgres.
 *
 * @publicApi
 */
export type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/**
 * What concerns the scheduler's own connections and tables.
 *
 * @publicApi
 */
export interface TypeormStoreSettings {
  /**
   * The Postgres schema that the scheduler's tables are in, made when it does not exist. Applications that share it
   * share their jobs.
   * @default 'scheduler'
   */
  readonly schema?: string;
  /**
   * Greatest number of connections that the scheduler opens, one more for notifications not counted.
   * @default 4
   */
  readonly poolSize?: number;
}

/**
 * The database of an application that has a `DataSource` already: only its options are used.
 *
 * @publicApi
 */
export interface SharedDataSource extends TypeormStoreSettings {
  readonly dataSource: DataSource;
}

/**
 * Either the options of a TypeORM `DataSource` for Postgres, or the application's own `DataSource`.
 * Entities, migrations, `synchronize`, `dropSchema` and the like in them concern the application alone.
 *
 * @publicApi
 */
export type TypeormStoreOptions = (PostgresOptions & TypeormStoreSettings) | SharedDataSource;

/** The options, looked through and with defaults. */
export interface StoreSettings {
  readonly connection: PostgresOptions;
  readonly schema: string;
  readonly poolSize: number;
}

const DEFAULT_SCHEMA = 'scheduler';

/** Enough to fire, finish and serve a caller at the same time; Postgres has 100 for everybody by default. */
const DEFAULT_POOL_SIZE = 4;

/** One for a transaction, another for what must not be undone with it. */
const LEAST_POOL_SIZE = 2;
const MOST_POOL_SIZE = 1000;

/** Leaves room for what is appended to it in the name of a channel: Postgres cuts names to 63 bytes. */
const SCHEMA_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,47}$/;

/** @throws InvalidOptionsError */
export function readSettings(options: TypeormStoreOptions): StoreSettings {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw new InvalidOptionsError(
      'typeormStore(options)',
      given,
      'Give the options of a Postgres DataSource, or { dataSource }.',
    );
  }
  const { schema = DEFAULT_SCHEMA, poolSize = DEFAULT_POOL_SIZE } = options;
  if (typeof schema !== 'string' || !SCHEMA_NAME.test(schema) || /^pg_/i.test(schema)) {
    throw new InvalidOptionsError(
      'typeormStore.schema',
      schema,
      'Use up to 48 letters, digits and underscores that do not begin with a digit or "pg_".',
    );
  }
  if (!Number.isInteger(poolSize) || poolSize < LEAST_POOL_SIZE || poolSize > MOST_POOL_SIZE) {
    throw new InvalidOptionsError(
      'typeormStore.poolSize',
      poolSize,
      `Give a whole number of connections from ${LEAST_POOL_SIZE} to ${MOST_POOL_SIZE}.`,
    );
  }
  return { connection: readConnection(options), schema, poolSize };
}

function readConnection(options: TypeormStoreOptions): PostgresOptions {
  if (!('dataSource' in options)) {
    return requirePostgres('typeormStore.type', options);
  }
  const connection: unknown = options.dataSource?.options;
  if (typeof connection !== 'object' || connection === null) {
    throw new InvalidOptionsError(
      'typeormStore.dataSource',
      options.dataSource,
      'Give a TypeORM DataSource, connected or not.',
    );
  }
  return requirePostgres('typeormStore.dataSource.options.type', options.dataSource.options);
}

function requirePostgres(field: string, connection: DataSourceOptions): PostgresOptions {
  if (connection.type !== 'postgres') {
    throw new InvalidOptionsError(field, connection.type, 'Only "postgres" is supported so far.');
  }
  const texts = { url: connection.url, host: connection.host, database: connection.database };
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text === 'string' && text.includes('\u0000')) {
      throw new InvalidOptionsError(
        field.replace(/type$/, name),
        text,
        'It holds the character NUL: remove it.',
      );
    }
  }
  return connection;
}
