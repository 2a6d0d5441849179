import { EntitySchema } from 'typeorm';
import { integer, key, text } from './columns.js';

/**
 * A row of the table `lane`: a combination of handler, executor and priority that jobs have.
 *
 * @publicApi
 */
export class LaneEntity {
  id!: number;
  handler!: string;
  executor!: string;
  priority!: number;
}

export function laneSchema(schema: string): EntitySchema<LaneEntity> {
  return new EntitySchema<LaneEntity>({
    name: 'LaneEntity',
    target: LaneEntity,
    tableName: 'lane',
    schema,
    synchronize: false,
    columns: {
      id: key(integer),
      handler: text,
      executor: text,
      priority: { type: 'smallint' },
    },
  });
}
