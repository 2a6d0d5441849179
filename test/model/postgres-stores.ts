import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../../lib/core/clock.js';
import type { JobStore } from '../../lib/core/job-store.js';
import { PostgresJobStore } from '../../lib/stores/typeorm/postgres.job-store.js';
import { readSettings } from '../../lib/stores/typeorm/typeorm-store.options.js';
import type { AppTransaction, ModelStores } from './model-stores.js';

const CONNECTIONS_PER_PROCESS = 3;

/** All processes of the world on one schema of a database, whose time is what stands in a table. */
export class PostgresStores implements ModelStores {
  /** What a store does about its connections takes the time that it takes. */
  readonly clock = new SystemClock();
  private readonly opened: PostgresJobStore[] = [];
  private shown: number | null = null;
  private showing: Promise<unknown> = Promise.resolve();

  /**
   * @param application the data source of the application
   * @param number tells the schema from those of other worlds in the database
   */
  constructor(
    private readonly url: string,
    private readonly admin: pg.Client,
    private readonly application: DataSource,
    private readonly number: number,
  ) {}

  add(): JobStore {
    const settings = readSettings({
      type: 'postgres',
      url: this.url,
      schema: this.schema,
      poolSize: CONNECTIONS_PER_PROCESS,
    });
    const store = new PostgresJobStore(settings, `(select instant from public.${this.table})`);
    this.opened.push(store);
    return store;
  }

  async timeIs(now: number): Promise<void> {
    if (this.shown !== now) {
      const text =
        this.shown === null
          ? `create table ${this.table} as select to_timestamp(${now}::float8 / 1000) as instant`
          : `update ${this.table} set instant = to_timestamp(${now}::float8 / 1000)`;
      this.shown = now;
      this.showing = this.admin.query(text);
    }
    await this.showing;
  }

  async begin(): Promise<AppTransaction> {
    const runner = this.application.createQueryRunner();
    await runner.startTransaction();
    return {
      manager: runner.manager,
      end: async (how) => {
        await (how === 'commit' ? runner.commitTransaction() : runner.rollbackTransaction());
        await runner.release();
      },
    };
  }

  async dispose(): Promise<void> {
    await Promise.all(this.opened.map((store) => store.close()));
    await this.admin.query(
      `drop schema if exists ${this.schema} cascade; drop table if exists ${this.table}`,
    );
  }

  private get schema(): string {
    return `world_${this.number}`;
  }

  private get table(): string {
    return `time_${this.number}`;
  }
}
