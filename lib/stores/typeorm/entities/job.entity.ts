import { EntitySchema } from 'typeorm';
import {
  bigint,
  bigintOrNull,
  instant,
  instantOrNull,
  integer,
  json,
  key,
  named,
} from './columns.js';
import { text, textOrNull, texts } from './columns.js';

/**
 * A row of the table `job`: what a job is to do. Removed jobs stay for the sake of their history. When a job fires
 * next is in `DueEntity`.
 *
 * @publicApi
 */
export class JobEntity {
  uid!: string;
  id!: string;
  name!: string;
  handler!: string;
  executor!: string;
  priority!: number;
  /** JSON, as are `trigger` and `metadata`. Typed as such, conditions on the entity would be too deep for TypeScript. */
  args!: unknown[];
  trigger!: unknown;
  coalesce!: string;
  overlap!: string;
  maxInstances!: number;
  /** Milliseconds, or `null` for any lateness. */
  misfireGraceTime!: string | null;
  maxCatchUp!: number;
  recovery!: string;
  tags!: string[];
  metadata!: unknown;
  /** `active`, `paused` or `parked`; an active job without a next instant is finished. */
  state!: string;
  version!: number;
  origin!: string;
  fingerprint!: string | null;
  error!: string | null;
  createdAt!: Date;
  updatedAt!: Date;
  removedAt!: Date | null;
}

export function jobSchema(schema: string): EntitySchema<JobEntity> {
  return new EntitySchema<JobEntity>({
    name: 'JobEntity',
    target: JobEntity,
    tableName: 'job',
    schema,
    synchronize: false,
    columns: {
      uid: key(bigint),
      id: text,
      name: text,
      handler: text,
      executor: text,
      priority: { type: 'smallint' },
      args: json,
      trigger: json,
      coalesce: text,
      overlap: text,
      maxInstances: named('max_instances', integer),
      misfireGraceTime: named('misfire_grace_time', bigintOrNull),
      maxCatchUp: named('max_catch_up', integer),
      recovery: text,
      tags: texts,
      metadata: json,
      state: text,
      version: integer,
      origin: text,
      fingerprint: textOrNull,
      error: textOrNull,
      createdAt: named('created_at', instant),
      updatedAt: named('updated_at', instant),
      removedAt: named('removed_at', instantOrNull),
    },
  });
}
