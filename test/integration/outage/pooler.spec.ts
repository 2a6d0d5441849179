import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '../../support/cluster/until.js';
import { describePooled, PgBouncer } from '../../support/pgbouncer/index.js';
import { PrivatePostgres } from '../../support/postgres/index.js';
import { TickingScheduler } from './ticking-scheduler.js';

const OUTAGE_MS = 4000;

describePooled('way from a scheduler to its database through PgBouncer', () => {
  let server: PrivatePostgres;
  let pooler: PgBouncer;
  let ticking: TickingScheduler;

  beforeEach(async () => {
    server = await PrivatePostgres.start();
    // What it answers while the server is away, it answers soon.
    pooler = await PgBouncer.start(server.url, {
      pool_mode: 'transaction',
      server_login_retry: 1,
      query_wait_timeout: 2,
    });
    ticking = await TickingScheduler.start(pooler.url(server.url));
  });

  afterEach(async () => {
    await ticking.stop();
    await pooler.stop();
    await server.destroy();
  });

  async function expectOneOutage(): Promise<void> {
    await ticking.finds('back');
    await ticking.goesOn();
    expect(await ticking.gaps()).toEqual([]);
    expect(ticking.told('store.recovered')).toHaveLength(ticking.told('store.unavailable').length);
  }

  async function lasts(): Promise<void> {
    const begun = performance.now();
    await until('it lasts', () => performance.now() - begun > OUTAGE_MS);
  }

  it('may be closed by the pooler, and is found again when it opens', async () => {
    await pooler.command('kill postgres');
    await ticking.finds('away');
    expect(await ticking.refusal()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await lasts();
    await pooler.command('resume postgres');
    await expectOneOutage();
  }, 60_000);

  it('may end at a pooler whose server is away, and is found again when that is back', async () => {
    await server.stop('immediate');
    await ticking.finds('away');
    expect(await ticking.refusal()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await lasts();
    await server.start();
    await expectOneOutage();
  }, 60_000);
});
