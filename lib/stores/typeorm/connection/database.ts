import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { isWorthRepeating } from './database-error.js';
import { Session } from './session.js';
import type { SqlNames } from './sql-names.js';

/**
 * Nobody is to wait for a transaction of ours for more than seconds, whatever became of the process that began it:
 * one that does nothing is ended first, then one that waits, then one that works.
 */
const BEGIN = [
  'begin isolation level read committed',
  'set local idle_in_transaction_session_timeout = 2000',
  'set local lock_timeout = 5000',
  'set local statement_timeout = 10000',
  // Guesses at the rows that a limit lets through can look costly enough for it, and compiling takes longer than all.
  'set local jit = off',
].join('; ');

const ATTEMPTS = 4;

/** The pool of connections, through TypeORM's query runners. */
export class Database {
  private readonly checked = new WeakSet<PoolClient>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    readonly dataSource: DataSource,
    readonly sql: SqlNames,
  ) {}

  /** Lends a connection for statements that stand alone, each a transaction of its own. */
  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.repeating(() => this.lend((client) => work(new Session(client, this.sql, true))));
  }

  /** Runs `work` in a transaction. It is repeated as a whole if the server undoes it for the sake of others. */
  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.repeating(() => this.lend((client) => this.inTransaction(client, work)));
  }

  /** Lends the driver's own connection, for a question that is not of the store. */
  async raw<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.lend(work);
  }

  /** Waits for what is under way: TypeORM would take the connections away from under it. */
  async close(): Promise<void> {
    await Promise.allSettled(this.underWay);
    if (this.dataSource.isInitialized) {
      await this.dataSource.destroy();
    }
  }

  private async inTransaction<T>(
    client: PoolClient,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const opening = client.query(BEGIN);
    // Its failure is seen with the first statement, which is sent without waiting for it.
    opening.catch(() => undefined);
    const session = new Session(client, this.sql, true, opening);
    let result: T;
    try {
      result = await work(session);
      await opening;
    } catch (error) {
      await client.query('rollback').catch(() => client.end());
      throw error;
    }
    const command = await session.command('commit');
    if (command !== 'COMMIT') {
      throw new Error(`The server answered "${command}" to a commit: nothing was written.`);
    }
    return result;
  }

  private async lend<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const loan = this.connected(work);
    this.underWay.add(loan);
    try {
      return await loan;
    } finally {
      this.underWay.delete(loan);
    }
  }

  private async connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = await connectOwn(runner);
      await this.check(client);
      return await work(client);
    } finally {
      await runner.release();
    }
  }

  /** Single statements rely on it too: after waiting for a row they must see it as it is then. */
  private async check(client: PoolClient): Promise<void> {
    if (this.checked.has(client)) {
      return;
    }
    const session = new Session(client, this.sql, true);
    const [row] = await session.query<{ level: string }>(
      `select current_setting('default_transaction_isolation') as level`,
      [],
    );
    if (row?.level !== 'read committed') {
      await session.command(
        'set session characteristics as transaction isolation level read committed',
      );
    }
    this.checked.add(client);
  }

  private async repeating<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt === ATTEMPTS || !isWorthRepeating(error)) {
          throw error;
        }
      }
    }
  }
}

/** The driver's own connection under a query runner, which TypeORM leaves untyped. */
export async function connect(runner: QueryRunner): Promise<PoolClient> {
  return (await runner.connect()) as PoolClient;
}

const guarded = new WeakSet<PoolClient>();

/**
 * The same for a connection of the store. One that breaks while it is lent may say so twice, the second time when
 * nobody listens any more, which would end the process. Whoever uses it learns of it from its statements.
 */
export async function connectOwn(runner: QueryRunner): Promise<PoolClient> {
  const client = await connect(runner);
  if (!guarded.has(client)) {
    guarded.add(client);
    client.on('error', () => undefined);
  }
  return client;
}
