import type { JobStore } from '../../core/job-store.js';
import { PostgresJobStore } from './postgres.job-store.js';
import { readSettings } from './typeorm-store.options.js';
import type { TypeormStoreOptions } from './typeorm-store.options.js';

/**
 * A store in Postgres, through TypeORM: jobs survive restarts, and all processes on one database share them.
 *
 * It makes its tables in a schema of their own, and keeps them up to date.
 *
 * It works behind a pooler in transaction mode, such as PgBouncer, and says what is slower there: no notifications get
 * through, so that it looks every second for work that others add; and where the pooler does not look after prepared
 * statements, each statement is planned anew. Connect to Postgres directly, or in session mode, to have both.
 *
 * @param options how to connect: those of a TypeORM `DataSource`, or the application's own `DataSource`
 * @example
 * SchedulerModule.forRoot({
 *   stores: { default: typeormStore({ type: 'postgres', url: process.env.DATABASE_URL }) },
 * })
 * @throws InvalidOptionsError
 * @publicApi
 */
export function typeormStore(options: TypeormStoreOptions): JobStore {
  return new PostgresJobStore(readSettings(options));
}

export { DueEntity } from './entities/due.entity.js';
export { JobEntity } from './entities/job.entity.js';
export { LaneEntity } from './entities/lane.entity.js';
export { NodeEntity, type NodeState } from './entities/node.entity.js';
export { RunEntity } from './entities/run.entity.js';
export { schedulerEntities } from './entities/scheduler-entities.js';
export type {
  PostgresOptions,
  SharedDataSource,
  TypeormStoreOptions,
  TypeormStoreSettings,
} from './typeorm-store.options.js';
