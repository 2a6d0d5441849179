import type { EntitySchema } from 'typeorm';
import { dueSchema } from './due.entity.js';
import { jobSchema } from './job.entity.js';
import { laneSchema } from './lane.entity.js';
import { nodeSchema } from './node.entity.js';
import { runSchema } from './run.entity.js';

/**
 * The scheduler's tables as entities, for queries of your own: put them into `entities` of your `DataSource`. They
 * are for reading; write through `SchedulerService`.
 *
 * `synchronize` passes them over. `dropSchema` does not: it drops every table of a schema that has an entity. Do not
 * use it together with these.
 *
 * @param schema the `schema` that the store was given
 * @example
 * const dataSource = new DataSource({ ..., entities: [User, ...schedulerEntities()] });
 * const failed = await dataSource.getRepository(RunEntity).countBy({ state: 'failed' });
 * @publicApi
 */
export function schedulerEntities(schema = 'scheduler'): EntitySchema[] {
  return [
    jobSchema(schema),
    dueSchema(schema),
    runSchema(schema),
    nodeSchema(schema),
    laneSchema(schema),
  ];
}
