import type { PoolClient, QueryResultRow } from 'pg';
import { isWorkingAfter } from './database-error.js';
import type { Statement } from './statement.js';
import type { SqlNames } from './sql-names.js';
import { VALUE_PARSERS } from './value-parsers.js';

/** One connection for the length of an operation. */
export class Session {
  private readonly texts: Map<Statement, string>;

  /**
   * @param own whether the connection is the store's. There, statements keep their plans, and it is ended when nobody
   * knows any more what it would answer to the next one, so that it is not lent again
   * @param opening what has been sent and must have succeeded before any result counts
   */
  constructor(
    private readonly client: PoolClient,
    readonly sql: SqlNames,
    private readonly own: boolean,
    private readonly opening?: Promise<unknown>,
  ) {
    this.texts = textsOf(sql);
  }

  async rows<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    let text = this.texts.get(statement);
    if (text === undefined) {
      text = statement.text(this.sql);
      this.texts.set(statement, text);
    }
    return this.send(text, values, this.own ? statement.name : undefined);
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
      if (this.own && !isWorkingAfter(error)) {
        void this.client.end().catch(() => undefined);
      }
      throw error;
    }
  }
}

const textsBySchema = new WeakMap<SqlNames, Map<Statement, string>>();

function textsOf(sql: SqlNames): Map<Statement, string> {
  let texts = textsBySchema.get(sql);
  if (!texts) {
    texts = new Map();
    textsBySchema.set(sql, texts);
  }
  return texts;
}
