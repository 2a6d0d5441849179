import { SystemClock } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';

/** Makes the tables of the scheduler, before any node is there. */
export async function migrateStore(url: string): Promise<void> {
  const store = typeormStore({ type: 'postgres', url });
  await store.open({
    alias: 'default',
    clock: new SystemClock(),
    wake: () => undefined,
    warn: () => undefined,
  });
  await store.close();
}
