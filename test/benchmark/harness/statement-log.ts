import { writeFile } from 'node:fs/promises';
import pg from 'pg';

/** A statement as it is given to the driver. */
export interface LoggedStatement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/**
 * What happened, in this order: a statement was sent on a connection, its answer was there, or something else began
 * that was marked. `id` joins a statement and its answer.
 */
export type LogEntry =
  | {
      readonly type: 'sent';
      readonly id: number;
      readonly connection: number;
      readonly statement: LoggedStatement;
    }
  | { readonly type: 'done'; readonly id: number; readonly failed: boolean }
  | { readonly type: 'mark' };

type Query = (this: object, ...args: unknown[]) => unknown;

/** Writes down all that this process sends to Postgres, to send it again without a scheduler. */
export class StatementLog {
  private readonly entries: LogEntry[] = [];
  private readonly connections = new WeakMap<object, number>();
  private lastConnection = 0;
  private lastId = 0;

  static begin(): StatementLog {
    const log = new StatementLog();
    const prototype = pg.Client.prototype as unknown as { query: Query };
    const { query } = prototype;
    prototype.query = function logged(...args) {
      return log.note(this, args, () => query.apply(this, args));
    };
    return log;
  }

  mark(): void {
    this.entries.push({ type: 'mark' });
  }

  async write(file: string): Promise<void> {
    await writeFile(file, this.entries.map((entry) => JSON.stringify(entry)).join('\n'));
  }

  private note(client: object, args: readonly unknown[], send: () => unknown): unknown {
    const [first, second] = args;
    this.lastId += 1;
    const id = this.lastId;
    this.entries.push({
      type: 'sent',
      id,
      connection: this.connectionOf(client),
      statement: readStatement(first, second),
    });
    const result = send();
    if (!(result instanceof Promise)) {
      throw new Error('A statement was sent with a callback: when it is done is not known.');
    }
    const done = (failed: boolean) => (): void => {
      this.entries.push({ type: 'done', id, failed });
    };
    result.then(done(false), done(true));
    return result;
  }

  private connectionOf(client: object): number {
    const known = this.connections.get(client);
    if (known !== undefined) {
      return known;
    }
    this.lastConnection += 1;
    this.connections.set(client, this.lastConnection);
    return this.lastConnection;
  }
}

function readStatement(first: unknown, second: unknown): LoggedStatement {
  if (typeof first === 'string') {
    return { text: first, values: Array.isArray(second) ? second : [] };
  }
  const { name, text, values = [] } = first as LoggedStatement;
  return name === undefined ? { text, values } : { name, text, values };
}
