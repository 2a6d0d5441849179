import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** How long a server may take that recovers what was committed before it was killed. */
const RECOVERY_MS = 60_000;

/** How long nobody may answer before a server counts as dead. Postgres opens its port soon after its start. */
const SILENCE_MS = 3000;

/** How long connections that have been closed may take to disappear from the server's view. */
const GOODBYE_MS = 2000;

const STEP_MS = 100;

/** "The database system is starting up", or shutting down, or in recovery. */
const CANNOT_CONNECT_NOW = '57P03';

/** Waits for a server that is starting, and tells whether there is one. */
export async function isServing(url: string): Promise<boolean> {
  const start = Date.now();
  for (;;) {
    const code = await connectionError(url);
    if (code === null) {
      return true;
    }
    const patience = code === CANNOT_CONNECT_NOW ? RECOVERY_MS : SILENCE_MS;
    if (Date.now() - start > patience) {
      return false;
    }
    await delay(STEP_MS);
  }
}

/** How many connections a server has beside those of this process, which must have closed its own. */
export async function countOthers(url: string): Promise<number> {
  const start = Date.now();
  for (;;) {
    const count = await withClient(url, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      return rows[0]?.count ?? 0;
    });
    if (count === 0 || Date.now() - start > GOODBYE_MS) {
      return count;
    }
    await delay(STEP_MS);
  }
}

async function connectionError(url: string): Promise<string | null> {
  try {
    await withClient(url, () => Promise.resolve());
    return null;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? 'UNKNOWN';
  }
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: SILENCE_MS });
  // A server that goes away in between is reported by the promises as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
