import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Runs with the schema as its search path.
 *
 * There are no foreign keys: only this store writes here, and checking them would cost a tenth of every fire.
 */
export class CreateTables1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) {
      await runner.query(statement);
    }
  }

  async down(): Promise<void> {
    throw new Error('The tables of the scheduler only go forward. Drop its schema to remove them.');
  }
}

/** Rows that are rewritten at every fire: vacuum follows by number of rows rather than by share, and at full speed. */
const HOT = [
  'autovacuum_vacuum_scale_factor = 0',
  'autovacuum_vacuum_threshold = 2000',
  'autovacuum_vacuum_cost_delay = 0',
].join(', ');

const STATEMENTS = [
  `create sequence claim`,
  `create sequence job_uid`,
  `create type run_state as enum
     ('queued', 'running', 'succeeded', 'failed', 'missed', 'skipped', 'cancelled')`,
  `create type node_state as enum ('alive', 'dead', 'reaped')`,

  // What a node can or cannot work on. It reaches the rows of its own lanes without walking past those of others.
  `create table lane (
     id integer generated always as identity primary key,
     handler text collate "C" not null,
     executor text collate "C" not null,
     priority smallint not null,
     unique (handler, executor, priority)
   )`,

  // Cold and wide. A removed job stays, so that its history keeps its name.
  `create table job (
     uid bigint primary key default nextval('job_uid'),
     id text collate "C" not null,
     name text not null,
     handler text collate "C" not null,
     executor text collate "C" not null,
     priority smallint not null,
     args jsonb not null,
     trigger jsonb not null,
     coalesce text not null,
     overlap text not null,
     max_instances integer not null,
     misfire_grace_time bigint,
     max_catch_up integer not null,
     recovery text not null,
     tags text[] not null,
     metadata jsonb not null,
     state text not null,
     version integer not null,
     origin text not null,
     fingerprint text,
     error text,
     created_at timestamptz(3) not null,
     updated_at timestamptz(3) not null,
     removed_at timestamptz(3)
   )`,
  `alter sequence job_uid owned by job.uid`,
  `create unique index job_id on job (id) where removed_at is null`,
  `create index job_removed_id on job (id) where removed_at is not null`,

  // Hot and narrow: all that a fire rewrites, and what everything that concerns a job locks first.
  `create table due (
     job_uid bigint primary key,
     next_fire_at timestamptz(3),
     last_fire_at timestamptz(3),
     open_skip_at timestamptz(3),
     fire_count bigint not null,
     lane_id integer not null,
     version integer not null
   ) with (fillfactor = 80, ${HOT})`,
  `create index due_next on due (lane_id, next_fire_at) where next_fire_at is not null`,

  // scheduled_at is in the key so that the table can be partitioned by it.
  `create table run (
     job_uid bigint not null,
     scheduled_at timestamptz(3) not null,
     seq integer not null,
     lane_id integer not null,
     state run_state not null,
     awaited boolean not null default false,
     node_id uuid,
     claim bigint,
     attempt integer not null default 0,
     recoveries integer not null default 0,
     behind integer,
     count bigint not null default 1,
     start_at timestamptz(3),
     claimed_at timestamptz(3),
     started_at timestamptz(3),
     finished_at timestamptz(3),
     until timestamptz(3),
     reason text,
     result jsonb,
     error jsonb,
     primary key (job_uid, scheduled_at, seq)
   ) with (fillfactor = 85, ${HOT})`,
  `create index run_live on run (job_uid) where state in ('queued', 'running')`,
  `create index run_ready on run (lane_id, start_at)
     where state = 'queued' and node_id is null and behind is null`,
  `comment on column run.behind is
     'waits until fewer than so many runs of the job are live that do not wait'`,
  `comment on column run.awaited is 'when it ends, runs that wait behind it are to be looked at'`,

  `create table node (
     id uuid primary key,
     state node_state not null,
     lease_until timestamptz(3) not null,
     started_at timestamptz(3) not null,
     beaten_at timestamptz(3) not null,
     host text not null,
     pid integer not null,
     handlers text[] not null,
     executors text[] not null
   ) with (fillfactor = 50)`,
  `create index node_unreaped on node (state) where state <> 'reaped'`,
];
