import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { PrivatePostgres } from '../../support/postgres/index.js';
import { TickingScheduler } from './ticking-scheduler.js';
import { UnreadyPostgres } from './unready-postgres.js';

const MAX_CONNECTIONS = 20;

/** For how long a server refuses: long enough for several beats and looks. */
const REFUSAL_MS = 4000;

/** A caller is not kept waiting longer than this. */
const A_FEW_SECONDS_MS = 8000;

describe('A scheduler whose server refuses to serve', () => {
  let server: PrivatePostgres;
  let ticking: TickingScheduler;
  const clients: pg.Client[] = [];

  beforeAll(async () => {
    server = await PrivatePostgres.start({ settings: { max_connections: MAX_CONNECTIONS } });
  });

  afterAll(() => server.destroy());

  beforeEach(async () => {
    ticking = await TickingScheduler.start(server.url);
  });

  afterEach(async () => {
    await letGo();
    await ticking.stop();
    await rowsOf(server.url, 'drop schema scheduler cascade');
  });

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  async function letGo(): Promise<void> {
    await Promise.all(clients.splice(0).map((client) => client.end()));
  }

  const endConnections = `
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'nestjs-durable-scheduler'`;

  async function lasts(): Promise<void> {
    const begun = performance.now();
    await until('it lasts', () => performance.now() - begun > REFUSAL_MS);
  }

  async function expectAllIsWell(): Promise<void> {
    await ticking.goesOn();
    expect(await ticking.gaps()).toEqual([]);
    expect(ticking.told('store.recovered')).toHaveLength(ticking.told('store.unavailable').length);
  }

  /** Takes every connection that the server has, those of the scheduler too. */
  async function takeAllConnections(): Promise<void> {
    const first = await connect();
    for (let full = false; !full;) {
      await first.query(endConnections);
      full = await connect().then(
        () => false,
        () => true,
      );
    }
    await first.query(endConnections);
    await until('the last are taken', async () => {
      const { rows } = await first.query<{ count: number }>(
        `select count(*)::integer as count from pg_stat_activity where application_name = 'nestjs-durable-scheduler'`,
      );
      await connect().catch(() => first.query(endConnections));
      return rows[0]?.count === 0;
    });
  }

  it('goes on when others have taken all connections, as soon as there are some again', async () => {
    await takeAllConnections();
    await ticking.finds('away');
    expect(await ticking.refusal()).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/too many clients/),
    });
    await lasts();
    await letGo();
    await ticking.finds('back');
    await expectAllIsWell();
  }, 60_000);

  it('goes on when the server is not ready yet, as soon as it is', async () => {
    const unready = await UnreadyPostgres.from(server);
    await ticking.finds('away');
    await lasts();
    expect(await ticking.refusal()).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/starting up|not accepting connections|not yet accepting/),
    });
    expect(ticking.told('store.recovered')).toEqual([]);
    await unready.promote();
    await rowsOf(server.url, 'alter system reset all');
    await ticking.finds('back');
    await expectAllIsWell();
  }, 60_000);

  it('goes on when the server takes no writes for a while, on connections that were open before', async () => {
    const other = await connect();
    await other.query('alter system set default_transaction_read_only = on');
    await other.query('select pg_reload_conf()');
    await ticking.finds('away');
    await lasts();
    expect(await ticking.refusal()).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/only reads|read-only/),
    });
    await other.query('set default_transaction_read_only = off');
    await other.query('alter system reset default_transaction_read_only');
    await other.query('select pg_reload_conf()');
    await ticking.finds('back');
    await expectAllIsWell();
  }, 60_000);

  it('goes on when its statements take longer than the database allows', async () => {
    await rowsOf(server.url, `alter database postgres set statement_timeout = '300ms'`);
    await rowsOf(server.url, endConnections);
    const other = await connect();
    await other.query(`set statement_timeout = 0; begin; lock table scheduler.node, scheduler.job`);
    await until('it says so', () =>
      ticking
        .told('store.unavailable')
        .some(({ error }) => /statement timeout/.test(error.message)),
    );
    await lasts();
    const { code, message, ms } = await ticking.refusal();
    expect({ code, message }).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/timeout/),
    });
    expect(ms).toBeLessThan(A_FEW_SECONDS_MS);
    await rowsOf(server.url, `alter database postgres reset statement_timeout`);
    await letGo();
    await expectAllIsWell();
  }, 60_000);

  it('goes on when others have its tables locked for longer than it waits', async () => {
    const other = await connect();
    await other.query(`begin; lock table scheduler.due in exclusive mode`);
    await until('it says so', () =>
      ticking.told('store.unavailable').some(({ error }) => /lock timeout/.test(error.message)),
    );
    const { code, message, ms } = await ticking.refusal();
    expect({ code, message }).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/lock timeout/),
    });
    expect(ms).toBeLessThan(A_FEW_SECONDS_MS);
    await letGo();
    await expectAllIsWell();
  }, 60_000);

  it('goes on when its connections are ended, again and again', async () => {
    const other = await connect();
    const begun = performance.now();
    await until('a storm has passed', async () => {
      await other.query(endConnections);
      return performance.now() - begun > REFUSAL_MS;
    });
    await expectAllIsWell();
    expect(await ticking.refusal()).toMatchObject({ message: 'answered' });
  }, 60_000);
});
