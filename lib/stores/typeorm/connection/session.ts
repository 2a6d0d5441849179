import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';
import { isWorkingAfter } from './database-error.js';
import type { Statement } from './statement.js';
import type { SqlNames } from './sql-names.js';
import { VALUE_PARSERS } from './value-parsers.js';

export interface SessionTerms {
  /**
   * Whether the connection is the store's. Then it is ended when nobody knows any more what it would answer to the next
   * statement, so that it is not lent again.
   */
  readonly own: boolean;
  /** Whether statements keep their plans in the server, under their names. */
  readonly named: boolean;
}

/** A statement as it is sent. */
interface Wording {
  readonly name: string;
  readonly text: string;
}

/** One connection for the length of an operation. */
export class Session {
  private readonly wordings: Map<Statement, Wording>;

  /** @param opening what has been sent and must have succeeded before any result counts */
  constructor(
    private readonly client: PoolClient,
    readonly sql: SqlNames,
    readonly terms: SessionTerms,
    private readonly opening?: Promise<unknown>,
  ) {
    this.wordings = wordingsOf(sql);
  }

  async rows<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    let wording = this.wordings.get(statement);
    if (wording === undefined) {
      wording = wordingOf(statement, this.sql);
      this.wordings.set(statement, wording);
    }
    return this.send(wording.text, values, this.terms.named ? wording.name : undefined);
  }

  /** For a query that is made up as it is asked. */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.send(text, values);
  }

  private async send<Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[],
    name?: string,
  ): Promise<Row[]> {
    const result = this.client.query<Row>({
      ...(name === undefined ? {} : { name }),
      text,
      values: [...values],
      types: VALUE_PARSERS,
    });
    const [{ rows }] = await this.watched(Promise.all([result, this.opening]));
    return rows;
  }

  /** The row of a statement that always gives one. */
  async row<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row> {
    const [row] = await this.rows<Row>(statement, values);
    if (!row) {
      throw new Error(`The statement ${statement.name} gave no row.`);
    }
    return row;
  }

  /** Runs a command that has neither parameters nor rows. */
  async command(text: string): Promise<string> {
    return (await this.watched(this.client.query(text))).command;
  }

  private async watched<T>(result: Promise<T>): Promise<T> {
    try {
      return await result;
    } catch (error) {
      if (this.terms.own && !isWorkingAfter(error)) {
        void this.client.end().catch(() => undefined);
      }
      throw error;
    }
  }
}

/** Postgres takes names of up to 63 bytes. */
const HASH_LENGTH = 12;

/**
 * Behind a pooler, connections of the server hold names that others gave, perhaps for another schema or by another
 * version: one name must never stand for two texts.
 */
function wordingOf(statement: Statement, sql: SqlNames): Wording {
  const text = statement.text(sql);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH);
  return { name: `${statement.name}.${hash}`, text };
}

const wordingsBySchema = new WeakMap<SqlNames, Map<Statement, Wording>>();

function wordingsOf(sql: SqlNames): Map<Statement, Wording> {
  let wordings = wordingsBySchema.get(sql);
  if (!wordings) {
    wordings = new Map();
    wordingsBySchema.set(sql, wordings);
  }
  return wordings;
}
