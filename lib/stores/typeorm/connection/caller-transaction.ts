import type { PoolClient } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import { InvalidJobError } from '../../../core/errors/invalid-job.error.js';
import type { Database } from './database.js';
import { connect } from './database.js';
import { Session } from './session.js';

const CURE =
  'Pass the EntityManager or QueryRunner of an open TypeORM transaction on the same Postgres database.';

/** The connection is the application's. */
const CALLERS = { own: false, named: false } as const;

/** Two connections with the same answer are to the same database of the same running server, by whichever way. */
const WHICH_DATABASE = `
  select current_database() || ' ' || pg_postmaster_start_time()
    || ' ' || current_setting('port') as place`;

/** Runs operations of the scheduler in transactions of the application. */
export class CallerTransactions {
  /** Data sources that were found to be of the same database. */
  private readonly known = new WeakSet<object>();
  /** What goes on in each connection: savepoints of two operations at once would get mixed up. */
  private readonly turns = new WeakMap<PoolClient, Promise<unknown>>();

  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in the transaction of `manager`, which stays usable when it fails.
   *
   * @throws InvalidJobError if there is no such transaction
   */
  async run<T>(manager: unknown, work: (session: Session) => Promise<T>): Promise<T> {
    const runner = readRunner(manager);
    const client = await connect(runner);
    const turn = (this.turns.get(client) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.inTurn(runner, client, manager, work));
    this.turns.set(client, turn);
    return turn;
  }

  private async inTurn<T>(
    runner: QueryRunner,
    client: PoolClient,
    manager: unknown,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    await this.requireSameDatabase(runner, client, manager);
    const session = new Session(client, this.database.sql, CALLERS);
    await session.command('savepoint durable_scheduler');
    try {
      const result = await work(session);
      await session.command('release savepoint durable_scheduler');
      return result;
    } catch (error) {
      await session
        .command('rollback to savepoint durable_scheduler; release savepoint durable_scheduler')
        .catch(() => undefined);
      throw error;
    }
  }

  private async requireSameDatabase(
    runner: QueryRunner,
    client: PoolClient,
    manager: unknown,
  ): Promise<void> {
    const source = runner.connection;
    if (this.known.has(source)) {
      return;
    }
    if (source.options.type !== 'postgres') {
      throw new InvalidJobError('manager', describe(manager), `It is not of Postgres. ${CURE}`);
    }
    const theirs = await placeOf(client);
    const ours = await this.database.raw(placeOf);
    if (theirs !== ours) {
      throw new InvalidJobError(
        'manager',
        describe(manager),
        `It is of another database than the store of the job. ${CURE}`,
      );
    }
    this.known.add(source);
  }
}

async function placeOf(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ place: string }>(WHICH_DATABASE);
  return rows[0]?.place ?? '';
}

function readRunner(manager: unknown): QueryRunner {
  const runner = isEntityManager(manager) ? manager.queryRunner : manager;
  if (!isQueryRunner(runner)) {
    throw new InvalidJobError('manager', describe(manager), CURE);
  }
  if (!runner.isTransactionActive || runner.isReleased) {
    throw new InvalidJobError('manager', describe(manager), `It has no open transaction. ${CURE}`);
  }
  return runner;
}

/* By what they can do rather than by class: an application may have a second copy of TypeORM. */
function isEntityManager(value: unknown): value is EntityManager {
  return has(value, 'getRepository') && has(value, 'queryRunner');
}

function isQueryRunner(value: unknown): value is QueryRunner {
  return has(value, 'isTransactionActive') && has(value, 'startTransaction');
}

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}

function describe(manager: unknown): string {
  return typeof manager === 'object' && manager !== null
    ? manager.constructor.name
    : String(manager);
}
