import { afterEach, beforeEach } from '@jest/globals';
import { AppProcess, killAppsAfterEach } from '../../support/cluster/app-process.js';
import { Ledger } from '../../support/cluster/ledger.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { createDatabase, type TestDatabase } from '../../support/postgres/index.js';
import type { ClusterSettings } from './cluster-settings.js';

const APP = new URL('./app.ts', import.meta.url);

/** A record of the run table. */
export interface RunRow {
  readonly id: string;
  readonly scheduledAt: number;
  readonly seq: number;
  readonly state: string;
  readonly attempt: number;
  readonly count: number;
}

/** A database with a ledger, and the applications on it. */
export class ClusterWorld {
  private database: TestDatabase | undefined;
  private book: Ledger | undefined;

  get url(): string {
    return this.database?.url ?? '';
  }

  get ledger(): Ledger {
    if (!this.book) {
      throw new Error('There is a ledger only while a test runs.');
    }
    return this.book;
  }

  start(...providers: ClusterSettings['providers']): Promise<AppProcess> {
    return AppProcess.start(APP, { url: this.url, providers } satisfies ClusterSettings);
  }

  runs(): Promise<RunRow[]> {
    return rowsOf<RunRow>(
      this.url,
      `select j.id, extract(epoch from r.scheduled_at)::float8 * 1000 as "scheduledAt", r.seq, r.state::text,
         r.attempt, r.count::integer
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid order by j.id, r.scheduled_at, r.seq`,
    );
  }

  async open(): Promise<void> {
    this.database = await createDatabase();
    this.book = new Ledger(this.database.url);
    await this.book.create();
  }

  async close(): Promise<void> {
    await this.book?.close();
    await this.database?.drop();
  }
}

/** A fresh world for each test. */
export function clusterWorld(): ClusterWorld {
  const world = new ClusterWorld();
  beforeEach(() => world.open());
  // Before the database is dropped: hooks are called in this order.
  killAppsAfterEach();
  afterEach(() => world.close());
  return world;
}
