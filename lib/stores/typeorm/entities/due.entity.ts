import { EntitySchema } from 'typeorm';
import { bigint, instantOrNull, integer, key, named } from './columns.js';

/**
 * A row of the table `due`: where a job that is not removed stands on its way through its instants.
 *
 * @publicApi
 */
export class DueEntity {
  jobUid!: string;
  laneId!: number;
  nextFireAt!: Date | null;
  lastFireAt!: Date | null;
  openSkipAt!: Date | null;
  fireCount!: string;
  version!: number;
}

export function dueSchema(schema: string): EntitySchema<DueEntity> {
  return new EntitySchema<DueEntity>({
    name: 'DueEntity',
    target: DueEntity,
    tableName: 'due',
    schema,
    synchronize: false,
    columns: {
      jobUid: named('job_uid', key(bigint)),
      laneId: named('lane_id', integer),
      nextFireAt: named('next_fire_at', instantOrNull),
      lastFireAt: named('last_fire_at', instantOrNull),
      openSkipAt: named('open_skip_at', instantOrNull),
      fireCount: named('fire_count', bigint),
      version: integer,
    },
  });
}
