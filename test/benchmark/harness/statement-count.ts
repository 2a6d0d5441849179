import { createRequire } from 'node:module';
import pg from 'pg';

/** What the peers brought. */
const peersDriver = createRequire(process.env.BENCHMARK_PEERS ?? '')('pg') as typeof pg;

type Query = (this: object, ...args: unknown[]) => unknown;

/** Counts what this process sends to Postgres from now on. */
export class StatementCount {
  sent = 0;

  constructor() {
    for (const driver of new Set([pg, peersDriver])) {
      const prototype = driver.Client.prototype as unknown as { query: Query };
      const { query } = prototype;
      const count = (): void => void (this.sent += 1);
      prototype.query = function counted(...args) {
        count();
        return query.apply(this, args);
      };
    }
  }
}
