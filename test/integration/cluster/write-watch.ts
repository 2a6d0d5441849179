import { rowsOf } from '../../support/cluster/rows.js';

/** What was written of a job, in the order of the locks: starts of its runs, and edits of the job itself. */
export interface Write {
  readonly id: string;
  readonly kind: 'start' | 'edit';
  /** Milliseconds since 1970: of the run that starts; `null` for edits. */
  readonly scheduledAt: number | null;
}

/**
 * Has the database itself note when runs turn running and when jobs are edited. Whoever writes one of the two has what
 * the other needs locked, so that the times, taken under the lock, are in the order in which both were committed.
 */
export async function watchWrites(url: string): Promise<void> {
  await rowsOf(
    url,
    `create table noted (job_uid bigint not null, kind text not null, scheduled_at timestamptz,
       at timestamptz not null default clock_timestamp());
     create function note_start() returns trigger language plpgsql as $$ begin
       insert into public.noted (job_uid, kind, scheduled_at) values (new.job_uid, 'start', new.scheduled_at);
       return null;
     end $$;
     create function note_edit() returns trigger language plpgsql as $$ begin
       insert into public.noted (job_uid, kind) values (new.uid, 'edit');
       return null;
     end $$;
     create trigger fired after insert on scheduler.run for each row
       when (new.state = 'running') execute function note_start();
     create trigger started after update on scheduler.run for each row
       when (old.state <> 'running' and new.state = 'running') execute function note_start();
     create trigger edited after update on scheduler.job for each row
       when (old.version <> new.version or old.removed_at is distinct from new.removed_at)
       execute function note_edit();`,
  );
}

export function writesOf(url: string): Promise<Write[]> {
  return rowsOf<Write>(
    url,
    `select j.id, n.kind, extract(epoch from n.scheduled_at)::float8 * 1000 as "scheduledAt"
     from noted n join scheduler.job j on j.uid = n.job_uid order by n.at`,
  );
}
