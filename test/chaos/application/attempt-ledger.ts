import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { JobContext } from '../../../lib/index.js';

const RETRY_AFTER_MS = 100;

/**
 * Where handlers write that they were called, and that they came to their end. Over connections of its own, each entry
 * in its own transaction; while the database is away an entry waits, and is dated back.
 */
export class AttemptLedger {
  private readonly pool: pg.Pool;

  constructor(
    url: string,
    private readonly label: string,
  ) {
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: 'chaos-ledger',
      max: 4,
      connectionTimeoutMillis: 5000,
    });
    // A connection that breaks is replaced by the next entry, whether it was idle or lent.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async begin({ jobId, runId, scheduledAt, attempt }: JobContext): Promise<string> {
    const id = randomUUID();
    await this.write(
      `insert into chaos.attempt (id, job_id, run_id, scheduled_at, attempt, pid, label, started_at)
       values ($2, $3, $4, $5, $6, $7, $8, clock_timestamp() - $1 * interval '1 ms') on conflict do nothing`,
      [id, jobId, runId, scheduledAt.toISOString(), attempt, process.pid, this.label],
    );
    return id;
  }

  async end(id: string, how: 'done' | 'failed' | 'aborted' | 'superseded'): Promise<void> {
    await this.write(
      `update chaos.attempt set finished_at = clock_timestamp() - $1 * interval '1 ms', how = $3 where id = $2`,
      [id, how],
    );
  }

  /** The first parameter is how many milliseconds ago it happened, so that the entry has the time of what it tells. */
  private async write(text: string, values: readonly unknown[]): Promise<void> {
    const happenedAt = performance.now();
    for (;;) {
      try {
        const client = await this.pool.connect();
        try {
          await client.query(text, [performance.now() - happenedAt, ...values]);
          client.release();
          return;
        } catch (error) {
          client.release(true);
          throw error;
        }
      } catch {
        await pause(RETRY_AFTER_MS);
      }
    }
  }
}
