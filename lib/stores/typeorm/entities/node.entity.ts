import { EntitySchema } from 'typeorm';
import { instant, integer, key, named, text, texts, uuid } from './columns.js';

export type NodeState = 'alive' | 'dead' | 'reaped';

const STATES: NodeState[] = ['alive', 'dead', 'reaped'];

/**
 * A row of the table `node`: one start of a scheduler on this store.
 *
 * @publicApi
 */
export class NodeEntity {
  id!: string;
  /** `reaped`: dead, and all that it held has been handed on. */
  state!: NodeState;
  leaseUntil!: Date;
  startedAt!: Date;
  beatenAt!: Date;
  host!: string;
  pid!: number;
  handlers!: string[];
  executors!: string[];
}

export function nodeSchema(schema: string): EntitySchema<NodeEntity> {
  return new EntitySchema<NodeEntity>({
    name: 'NodeEntity',
    target: NodeEntity,
    tableName: 'node',
    schema,
    synchronize: false,
    columns: {
      id: key(uuid),
      state: { type: 'enum', enum: STATES, enumName: 'node_state' },
      leaseUntil: named('lease_until', instant),
      startedAt: named('started_at', instant),
      beatenAt: named('beaten_at', instant),
      host: text,
      pid: integer,
      handlers: texts,
      executors: texts,
    },
  });
}
