import type { SqlNames } from './sql-names.js';

/** A statement, before it is known in which schema. */
export interface Statement {
  /** Goes with the text: the server keeps the plan under this name and a mark of the text. */
  readonly name: string;
  text(sql: SqlNames): string;
}

export function statement(name: string, text: (sql: SqlNames) => string): Statement {
  return { name, text };
}
