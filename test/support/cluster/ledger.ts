import pg from 'pg';
import type { JobContext } from '../../../lib/index.js';

/** What handlers have really done. */
export interface Entry {
  readonly jobId: string;
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly scheduledAt: number;
  readonly attempt: number;
  readonly pid: number;
  readonly note: string | null;
}

/**
 * A table beside the scheduler's, in which handlers write what they do, over a connection of their own and each entry
 * in its own transaction. Nothing in it is unique, so that whatever happens twice is there twice.
 */
export class Ledger {
  private readonly pool: pg.Pool;

  constructor(url: string) {
    // What is written need not outlive a crash of the server, only one of the process.
    const options = '-c synchronous_commit=off';
    this.pool = new pg.Pool({ connectionString: url, max: 2, options });
    // An idle connection that breaks is replaced by the next query.
    this.pool.on('error', () => undefined);
  }

  async create(): Promise<void> {
    await this.pool.query(
      `create table ledger (
         job_id text not null, run_id text not null, scheduled_at float8 not null,
         attempt integer not null, pid integer not null, note text, at timestamptz not null default clock_timestamp())`,
    );
  }

  async write({ jobId, runId, scheduledAt, attempt }: JobContext, note?: string): Promise<void> {
    await this.pool.query(
      `insert into ledger (job_id, run_id, scheduled_at, attempt, pid, note) values ($1, $2, $3, $4, $5, $6)`,
      [jobId, runId, scheduledAt.getTime(), attempt, process.pid, note ?? null],
    );
  }

  /** In the order in which they were made. */
  async entries(jobId?: string): Promise<readonly Entry[]> {
    const { rows } = await this.pool.query<Entry>(
      `select job_id as "jobId", run_id as "runId", scheduled_at as "scheduledAt", attempt, pid, note
       from ledger where job_id = $1 or $1 is null order by at`,
      [jobId ?? null],
    );
    return rows;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
