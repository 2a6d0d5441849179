import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { PrivatePostgres } from '../../support/postgres/index.js';
import { TickingScheduler } from './ticking-scheduler.js';

/** Long enough for several beats and looks, each of which a standby would answer or refuse. */
const STANDBY_MS = 8000;

describe('A scheduler whose server becomes a standby', () => {
  let server: PrivatePostgres;
  let ticking: TickingScheduler;

  beforeEach(async () => {
    server = await PrivatePostgres.start();
    ticking = await TickingScheduler.start(server.url);
  });

  afterEach(async () => {
    await ticking.stop();
    await server.destroy();
  });

  it('waits, says why, and goes on by itself when the standby is promoted', async () => {
    const [place] = await rowsOf<{ directory: string }>(
      server.url,
      `select current_setting('data_directory') as directory`,
    );
    await rowsOf(server.url, `copy (select where false) to '${place?.directory}/standby.signal'`);
    await server.stop('fast');
    await server.start();
    const begun = performance.now();
    await ticking.finds('away');
    await until('it has been a standby for a while', () => performance.now() - begun > STANDBY_MS);
    expect(ticking.told('store.recovered')).toEqual([]);
    expect(await ticking.refusal()).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('the server only reads'),
    });

    await rowsOf(server.url, 'select pg_promote()');
    await ticking.finds('back');
    await ticking.goesOn();
    expect(ticking.told('store.unavailable')).toHaveLength(1);
    expect(ticking.told('store.recovered')).toHaveLength(1);
    expect(await ticking.gaps()).toEqual([]);
  }, 60_000);
});
