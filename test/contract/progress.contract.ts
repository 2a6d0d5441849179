import { describe, expect, it } from '@jest/globals';
import type { ClaimedRun } from '../../lib/core/run.js';
import { newJob } from './new-job.js';
import { runAhead, runNow } from './plans.js';
import type { StoreNode } from './store-node.js';
import type { StoreWorld } from './store-world.js';

export function describeProgress(world: () => StoreWorld): void {
  describe('the progress of runs', () => {
    const progress = { fraction: 0.25, note: 'a "quarter"' };

    const report = (node: StoreNode, runs: readonly ClaimedRun[], changes: object = {}) =>
      world().store.progress(
        node.id,
        runs.map((run) => ({ ...run, progress, ...changes })),
      );

    it('is kept while they run, and afterwards', async () => {
      const { now, store } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const [run] = (await node.claim(runNow)) as [ClaimedRun];
      expect(await store.getRun(run)).toMatchObject({ progress: null });
      expect(await report(node, [run])).toEqual([true]);
      expect(await store.getRun(run)).toMatchObject({ progress, state: 'running' });
      await node.finish([run]);
      expect(await store.getRun(run)).toMatchObject({ progress, state: 'succeeded' });
    });

    it('is that of the holder alone, and of what has begun', async () => {
      const { now, store } = world();
      const node = await world().join();
      const other = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const [run] = (await node.claim(runNow)) as [ClaimedRun];
      await store.addJobs([newJob('ahead', { nextFireAt: now + 10 })]);
      const [ahead] = (await node.claim(runAhead, { lead: 10 })) as [ClaimedRun];
      expect(await report(other, [run])).toEqual([false]);
      expect(await report(node, [run], { claim: run.claim + 1000 })).toEqual([false]);
      expect(await report(node, [ahead, run])).toEqual([false, true]);
      await node.finish([run]);
      expect(await report(node, [run])).toEqual([false]);
    });

    it('begins anew with the attempt of another node', async () => {
      const { now, store } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const [run] = (await node.claim(runNow)) as [ClaimedRun];
      await report(node, [run]);
      await store.leave(node.id);
      await store.reap(3);
      expect(await store.getRun(run)).toMatchObject({ progress: null, state: 'queued' });
      expect(await report(node, [run])).toEqual([false]);
    });
  });
}
