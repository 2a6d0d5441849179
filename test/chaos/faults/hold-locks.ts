import pg from 'pg';
import type { World } from '../world.js';

/** Locks something in a transaction of its own, and keeps it for a while. */
export async function holdLocks(
  world: World,
  statements: readonly string[],
  duration: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: world.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Whoever is in its way is not waited for any longer than the scheduler itself would wait.
    await client.query('begin; set local lock_timeout = 3000');
    for (const statement of statements) {
      await client.query(statement);
    }
    await world.pause(duration);
    await client.query('rollback');
  } finally {
    await client.end();
  }
}
