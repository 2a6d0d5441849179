import { describe, expect, it } from '@jest/globals';
import { NodeLostError } from '../../lib/core/errors/node-lost.error.js';
import { newJob } from './new-job.js';
import { runAhead, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeNodes(world: () => StoreWorld): void {
  describe('nodes', () => {
    it('are told the time, and when the next of the others is due to lapse', async () => {
      const { now, store, otherStore } = world();
      const one = await world().join('first', 10_000);
      expect(await store.beat(one.id, 10_000)).toEqual({ now, nextLapseAt: null });
      const two = await world().join('second', 7000);
      await world().join('second', 8000);
      expect(await store.beat(one.id, 10_000)).toEqual({ now, nextLapseAt: now + 7000 });
      expect(await otherStore.beat(two.id, 5000)).toEqual({ now, nextLapseAt: now + 8000 });
    });

    it('may renew past the end of their lease, unless somebody declared them dead', async () => {
      const { store, otherStore } = world();
      const one = await world().join('first', 1000);
      await world().advance(1001);
      await store.beat(one.id, 1000);
      await otherStore.reap(3);
      await store.beat(one.id, 1000);
      await world().advance(1001);
      await otherStore.reap(3);
      await expect(store.beat(one.id, 1000)).rejects.toThrow(new NodeLostError(one.id));
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
      await expect(store.beat(node.id, 1000)).rejects.toThrow(lost);
      expect(await store.listJobs({ ids: ['other'] }, { after: null, limit: 1 })).toMatchObject([
        { nextFireAt: now, fireCount: 0 },
      ]);
    });

    it('must have joined', async () => {
      const { store, clock } = world();
      const nodeId = clock.id();
      await expect(store.beat(nodeId, 1000)).rejects.toThrow(NodeLostError);
      await store.leave(nodeId);
    });
  });
}
