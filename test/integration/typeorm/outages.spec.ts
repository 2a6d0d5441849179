import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newJob } from '../../contract/new-job.js';
import { runEvery } from '../../contract/plans.js';
import { PrivatePostgres } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

describe('The Postgres store, when Postgres goes away', () => {
  let server: PrivatePostgres;
  let opened: OpenedStore;

  beforeAll(async () => {
    server = await PrivatePostgres.start();
    opened = await OpenedStore.open({ type: 'postgres', url: server.url });
  });

  afterAll(async () => {
    await opened.close();
    await server.destroy();
  });

  it.each(['fast', 'immediate'] as const)(
    'rejects calls and works again afterwards, all by itself (%s stop)',
    async (mode) => {
      const { store } = opened;
      const node = await opened.join();
      const id = `survives a ${mode} stop`;
      await store.addJobs([newJob(id, { nextFireAt: 1000 })]);
      const runs = await node.claim(runEvery(1000), { limit: 1 });
      const wakes = opened.woken.length;
      await server.stop(mode);
      const calls = [
        node.beat(1000),
        node.fire(runEvery(1000)),
        node.finish(runs),
        store.addJobs([newJob('never')]),
        store.listJobs({}, { after: null, limit: 1 }),
        store.reap(3),
      ];
      const results = await Promise.allSettled(calls);
      expect(results.map((result) => result.status)).toEqual(calls.map(() => 'rejected'));
      await opened.until(() => opened.warnings.length > 0);
      await server.start();
      await opened.until(() => opened.woken.slice(wakes).includes(0));
      expect((await node.finish(runs)).recorded).toEqual([true]);
      await node.beat(60_000);
      expect(await opened.ids()).toContain(id);
      expect(await opened.ids()).not.toContain('never');
      await store.removeJob(id, () => undefined);
    },
    60_000,
  );

  it('can be closed meanwhile, and opened again afterwards', async () => {
    const other = await OpenedStore.open({ type: 'postgres', url: server.url });
    await server.stop('fast');
    await other.until(() => other.warnings.length > 0);
    const unanswered = other.ids().catch(() => 'gave up');
    await other.close();
    expect(await unanswered).toBe('gave up');
    await expect(other.reopen()).rejects.toThrow(/ECONNREFUSED/);
    await server.start();
    await other.reopen();
    expect(await other.ids()).toEqual([]);
    await other.close();
    await opened.until(() => opened.woken.at(-1) === 0);
  });

  it('ends a transaction of its own that its process left open, so that others go on', async () => {
    const other = await OpenedStore.open({ type: 'postgres', url: server.url });
    const frozen = await opened.join();
    const alive = await other.join();
    await opened.store.addJobs([newJob('job', { nextFireAt: 1000 })]);
    const firing = frozen.fire((jobs, now) => {
      // As a stopped process would: holds its locks and does nothing.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
      return runEvery(1000)(jobs, now);
    });
    await expect(firing).rejects.toThrow(
      /idle-in-transaction timeout|Connection terminated|EPIPE|ECONNRESET/,
    );
    const runs = await alive.claim(runEvery(1000));
    expect(runs).toMatchObject([{ scheduledAt: 1000 }]);
    await other.close();
  });
});
