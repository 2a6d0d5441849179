import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { ConnectionCheck } from './connection-check.js';
import { isLostName, isWorthRepeating } from './database-error.js';
import type { SessionTerms } from './session.js';
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

const NAMES_LOST =
  'A pooler lends out the connections of the server and does not look after prepared statements. Each statement is ' +
  'sent and planned in full from now on, which costs some speed. PgBouncer looks after them from version 1.21 on, with ' +
  'max_prepared_statements above 0.';

type Work<T> = (client: PoolClient, allowsPlain: boolean) => Promise<T>;

/** The pool of connections, through TypeORM's query runners. */
export class Database {
  private readonly check: ConnectionCheck;
  private named = true;
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    readonly dataSource: DataSource,
    readonly sql: SqlNames,
    private readonly warn: (message: string) => void,
  ) {
    this.check = new ConnectionCheck(sql);
  }

  /** Lends a connection for statements that stand alone, each a transaction of its own. */
  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.repeating((terms) =>
      this.lend((client, allowsPlain) =>
        allowsPlain
          ? work(new Session(client, this.sql, terms))
          : this.inTransaction(client, terms, work),
      ),
    );
  }

  /** Runs `work` in a transaction. It is repeated as a whole if the server undoes it for the sake of others. */
  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.repeating((terms) =>
      this.lend((client) => this.inTransaction(client, terms, work)),
    );
  }

  /**
   * The same, and a question that is sent in one breath with the commit: its answer is of the time right after.
   *
   * @returns what `work` gave, and the answer, or `null` where it has to be asked for apart
   */
  async transactionThen<T, A>(
    work: (session: Session) => Promise<T>,
    ask: (session: Session) => Promise<A>,
  ): Promise<readonly [T, A | null]> {
    return this.repeating((terms) =>
      this.lend(async (client, allowsPlain) => {
        let answer: Promise<A | null> = Promise.resolve(null);
        const result = await this.inTransaction(client, terms, work, () => {
          if (allowsPlain) {
            // Whatever becomes of it, what was committed counts.
            answer = ask(new Session(client, this.sql, terms)).catch(() => null);
          }
        });
        return [result, await answer] as const;
      }),
    );
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
    terms: SessionTerms,
    work: (session: Session) => Promise<T>,
    onCommitSent: () => void = () => undefined,
  ): Promise<T> {
    const opening = client.query(BEGIN);
    // Its failure is seen with the first statement, which is sent without waiting for it.
    opening.catch(() => undefined);
    const session = new Session(client, this.sql, terms, opening);
    let result: T;
    try {
      result = await work(session);
      await opening;
    } catch (error) {
      await client.query('rollback').catch(() => client.end());
      throw error;
    }
    const committing = session.command('commit');
    onCommitSent();
    const command = await committing;
    if (command !== 'COMMIT') {
      throw new Error(`The server answered "${command}" to a commit: nothing was written.`);
    }
    return result;
  }

  private async lend<T>(work: Work<T>): Promise<T> {
    const loan = this.connected(work);
    this.underWay.add(loan);
    try {
      return await loan;
    } finally {
      this.underWay.delete(loan);
    }
  }

  private async connected<T>(work: Work<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = await connectOwn(runner);
      return await work(client, await this.check.allowsPlain(client));
    } finally {
      await runner.release();
    }
  }

  private loseNames(): void {
    if (this.named) {
      this.named = false;
      this.warn(NAMES_LOST);
    }
  }

  private async repeating<T>(work: (terms: SessionTerms) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const terms = { own: true, named: this.named };
      try {
        return await work(terms);
      } catch (error) {
        if (terms.named && isLostName(error)) {
          // Nothing was done. From here on statements go without names, which always works.
          this.loseNames();
        } else if (attempt >= ATTEMPTS || !isWorthRepeating(error)) {
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
