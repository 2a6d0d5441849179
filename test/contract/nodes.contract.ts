import { describe, expect, it } from '@jest/globals';
import { NodeLostError } from '../../lib/core/errors/node-lost.error.js';
import { newJob } from './new-job.js';
import { plannedRun, runAhead, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeNodes(world: () => StoreWorld): void {
  describe('nodes', () => {
    it('are told the time, and when the next of the others is due to lapse', async () => {
      const { now, otherStore } = world();
      const one = await world().join('first', 10_000);
      const nextWorkAt = null;
      expect(await one.beat(10_000)).toEqual({ now, nextLapseAt: null, nextWorkAt });
      const two = await world().join('second', 7000);
      await world().join('second', 8000);
      expect(await one.beat(10_000)).toEqual({ now, nextLapseAt: now + 7000, nextWorkAt });
      expect(await otherStore.beat(two.advert, 5000)).toEqual({
        now,
        nextLapseAt: now + 8000,
        nextWorkAt,
      });
    });

    it('are told at once of another that has left something behind', async () => {
      const { store, now } = world();
      const one = await world().join();
      const two = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      await two.claim(runNow);
      await store.leave(two.id);
      const { nextLapseAt } = await one.beat(1000);
      expect(nextLapseAt).toBeLessThanOrEqual(now);
      expect((await store.reap(3)).runs).toHaveLength(1);
      expect(await one.beat(1000)).toMatchObject({ nextLapseAt: null });
    });

    it('are told what is next of that which they have the means for', async () => {
      const { now, store } = world();
      const node = await world().join();
      const nextWorkAt = async (): Promise<number | null> => (await node.beat(1000)).nextWorkAt;
      await store.addJobs([
        newJob('foreign', { nextFireAt: now + 10, handler: 'foreign' }),
        newJob('elsewhere', { nextFireAt: now + 20, executor: 'elsewhere' }),
        newJob('later', { nextFireAt: now + 5000 }),
        newJob('paused', { nextFireAt: null, state: 'paused' }),
      ]);
      expect(await nextWorkAt()).toBe(now + 5000);
      await store.addJobs([newJob('sooner', { nextFireAt: now + 3000 })]);
      expect(await nextWorkAt()).toBe(now + 3000);
      const run = await store.addRun('paused', () => plannedRun(now + 1, { state: 'queued' }));
      expect(await nextWorkAt()).toBe(run?.startAt);
      await node.take({ lead: 1 });
      expect(await nextWorkAt()).toBe(now + 3000);
    });

    it('may renew past the end of their lease, unless somebody declared them dead', async () => {
      const { otherStore } = world();
      const one = await world().join('first', 1000);
      await world().advance(1001);
      await one.beat(1000);
      await otherStore.reap(3);
      await one.beat(1000);
      await world().advance(1001);
      await otherStore.reap(3);
      await expect(one.beat(1000)).rejects.toThrow(new NodeLostError(one.id));
    });

    it('can neither fire, take nor start once they are dead', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now + 10 })]);
      const runs = await node.claim(runAhead, { lead: 10 });
      await store.addJobs([newJob('other', { nextFireAt: now })]);
      await store.leave(node.id);
      const lost = new NodeLostError(node.id);
      await expect(node.fire(runNow)).rejects.toThrow(lost);
      await expect(node.take()).rejects.toThrow(lost);
      await expect(node.start(runs)).rejects.toThrow(lost);
      await expect(node.beat(1000)).rejects.toThrow(lost);
      expect(await store.listJobs({ ids: ['other'] }, { after: null, limit: 1 })).toMatchObject([
        { nextFireAt: now, fireCount: 0 },
      ]);
    });

    it('must have joined', async () => {
      const { store, clock } = world();
      const nodeId = clock.id();
      const stranger = { nodeId, handlers: [], executors: [] };
      await expect(store.beat(stranger, 1000)).rejects.toThrow(NodeLostError);
      await store.leave(nodeId);
    });
  });
}
