import { rowsOf } from '../../support/cluster/rows.js';

/*
 * attempt: what handlers did, written by themselves.
 * change: each change of a run's state, holder or attempt, written down by the database whoever makes it.
 * effect: what handlers wrote in the transactions in which they completed their runs. No key holds off a second time.
 * placed_order: the table of the application.
 */
const STATEMENTS = [
  `create schema chaos`,
  `create table chaos.attempt (
     id uuid primary key, job_id text not null, run_id text not null, scheduled_at timestamptz(3) not null,
     attempt integer not null, pid integer not null, label text not null,
     started_at timestamptz not null, finished_at timestamptz, how text
   )`,
  `create table chaos.effect (
     n bigint generated always as identity primary key,
     run_id text not null, attempt integer not null, label text not null
   )`,
  `create table chaos.placed_order (id text primary key)`,
  `create table chaos.change (
     n bigint generated always as identity primary key,
     at timestamptz not null default clock_timestamp(),
     job_uid bigint not null, scheduled_at timestamptz(3) not null, seq integer not null,
     old_state text, new_state text, old_node uuid, new_node uuid, attempt integer,
     start_at timestamptz(3), reason text
   )`,
  `create function chaos.note_change() returns trigger language plpgsql as $$
   begin
     if tg_op = 'INSERT' then
       insert into chaos.change
         (job_uid, scheduled_at, seq, new_state, new_node, attempt, start_at, reason)
       values (new.job_uid, new.scheduled_at, new.seq, new.state, new.node_id, new.attempt,
         new.start_at, new.reason);
     elsif tg_op = 'DELETE' then
       insert into chaos.change
         (job_uid, scheduled_at, seq, old_state, old_node, attempt, start_at, reason)
       values (old.job_uid, old.scheduled_at, old.seq, old.state, old.node_id, old.attempt,
         old.start_at, old.reason);
     elsif (old.state, old.node_id, old.claim, old.attempt)
         is distinct from (new.state, new.node_id, new.claim, new.attempt)
         or old.state not in ('queued', 'running', 'skipped') then
       insert into chaos.change
         (job_uid, scheduled_at, seq, old_state, new_state, old_node, new_node, attempt, start_at, reason)
       values (new.job_uid, new.scheduled_at, new.seq, old.state, new.state, old.node_id,
         new.node_id, new.attempt, new.start_at, new.reason);
     end if;
     return null;
   end $$`,
  `create trigger chaos_change after insert or update or delete on scheduler.run
     for each row execute function chaos.note_change()`,
];

/** Makes the harness's own tables beside the scheduler's. */
export async function createLedger(url: string): Promise<void> {
  await rowsOf(url, STATEMENTS.join(';\n'));
}
