import { SystemClock } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { settings } from '../../support/cluster/serve.js';
import type { AppSettings } from './app-settings.js';

const store = typeormStore({ type: 'postgres', url: settings<Pick<AppSettings, 'url'>>().url });
await store.open({
  alias: 'default',
  clock: new SystemClock(),
  wake: () => undefined,
  warn: () => undefined,
});
await store.close();
process.disconnect();
