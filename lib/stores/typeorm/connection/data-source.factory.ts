import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { schedulerEntities } from '../entities/scheduler-entities.js';
import { MIGRATIONS, MIGRATION_TABLE } from '../schema/migrations.js';
import type { StoreSettings } from '../typeorm-store.options.js';

/** Connecting to a server that does not answer ends after this. */
const CONNECT_TIMEOUT_MS = 5000;

/** Longer than the server's own limit on our statements: this one is for a server that says nothing at all. */
const SILENCE_TIMEOUT_MS = 12_000;

/** Firewalls forget a connection on which nothing is said for some minutes, and nobody tells the one who listens. */
const KEEP_ALIVE_MS = 30_000;

/** One that is held for notifications. */
const LISTENING = 1;

/**
 * A data source of our own to the application's database: of its options only those that say how to connect count, so
 * that whatever it does to its own tables never touches ours.
 */
export function createDataSource(
  { connection, schema, poolSize }: StoreSettings,
  onIdleError: (error: Error) => void,
): DataSource {
  // A replica can be behind: everything is read where it is written.
  const master = connection.replication?.master ?? connection;
  const { url, host, port, username, password, database, ssl } = master;
  const { driver, nativeDriver, connectTimeoutMS, extra } = connection;
  return new DataSource({
    type: 'postgres',
    // What stands as undefined would hide what TypeORM reads from the url.
    ...defined({ url, host, port, username, password, database, ssl }),
    ...defined({ driver, nativeDriver }),
    applicationName: 'nestjs-durable-scheduler',
    connectTimeoutMS: connectTimeoutMS ?? CONNECT_TIMEOUT_MS,
    poolErrorHandler: onIdleError,
    extra: {
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      query_timeout: SILENCE_TIMEOUT_MS,
      // Drivers that know it send a statement without waiting for the reply to the one before it.
      pipeline: true,
      ...(extra as object | undefined),
      onConnect: heedErrors(extra as Partial<ConnectHook> | undefined),
      max: poolSize + LISTENING,
    },
    schema,
    entities: schedulerEntities(schema),
    migrations: [...MIGRATIONS],
    migrationsTableName: MIGRATION_TABLE,
    installExtensions: false,
    synchronize: false,
    dropSchema: false,
    migrationsRun: false,
    logging: false,
  });
}

interface ConnectHook {
  onConnect(client: PoolClient): unknown;
}

/**
 * A server can end a connection in the breath in which it accepts it. Then the connection breaks before whoever asked for
 * it can listen, which would end the process. Nothing is lost by not listening to it: its first statement fails.
 */
function heedErrors(given: Partial<ConnectHook> | undefined): ConnectHook['onConnect'] {
  return (client) => {
    client.on('error', () => undefined);
    return given?.onConnect?.(client);
  };
}

function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
