import { EntitySchema } from 'typeorm';
import type { RunState } from '../../../core/run.js';
import { bigint, bigintOrNull, instant, instantOrNull, integer, jsonOrNull } from './columns.js';
import { key, named, textOrNull, uuid } from './columns.js';

const STATES: RunState[] = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'missed',
  'skipped',
  'cancelled',
];

/**
 * A row of the table `run`: what became of an instant of a job. Its job is the `JobEntity` of this `uid`.
 *
 * @publicApi
 */
export class RunEntity {
  jobUid!: string;
  scheduledAt!: Date;
  /** 0 for the planned run of the instant, greater for runs by hand. */
  seq!: number;
  laneId!: number;
  state!: RunState;
  awaited!: boolean;
  nodeId!: string | null;
  claim!: string | null;
  attempt!: number;
  recoveries!: number;
  behind!: number | null;
  count!: string;
  startAt!: Date | null;
  claimedAt!: Date | null;
  startedAt!: Date | null;
  finishedAt!: Date | null;
  until!: Date | null;
  reason!: string | null;
  /** JSON. */
  result!: unknown;
  /** A `RunError`, or `null`. */
  error!: unknown;
  /** A `RunProgress`, or `null`. */
  progress!: unknown;
}

export function runSchema(schema: string): EntitySchema<RunEntity> {
  return new EntitySchema<RunEntity>({
    name: 'RunEntity',
    target: RunEntity,
    tableName: 'run',
    schema,
    synchronize: false,
    columns: {
      jobUid: named('job_uid', key(bigint)),
      scheduledAt: named('scheduled_at', key(instant)),
      seq: key(integer),
      laneId: named('lane_id', integer),
      state: { type: 'enum', enum: STATES, enumName: 'run_state' },
      awaited: { type: 'boolean' },
      nodeId: named('node_id', { ...uuid, nullable: true }),
      claim: bigintOrNull,
      attempt: integer,
      recoveries: integer,
      behind: { ...integer, nullable: true },
      count: bigint,
      startAt: named('start_at', instantOrNull),
      claimedAt: named('claimed_at', instantOrNull),
      startedAt: named('started_at', instantOrNull),
      finishedAt: named('finished_at', instantOrNull),
      until: instantOrNull,
      reason: textOrNull,
      result: jsonOrNull,
      error: jsonOrNull,
      progress: jsonOrNull,
    },
  });
}
