import { describe, expect, it } from '@jest/globals';
import { newJob } from './new-job.js';
import { decision, each, plannedRun, queueEvery, runEvery } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describePromotion(world: () => StoreWorld): void {
  describe('runs that wait behind others', () => {
    it('are taken by nobody, and freed oldest first, one for each that ends', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now - 10 })]);
      let running = await node.claim(runEvery(1));
      for (let instant = 0; instant < 3; instant += 1) {
        expect(await node.claim(queueEvery(1, 1))).toEqual([]);
      }
      expect(await node.take()).toMatchObject({ runs: [] });
      const order: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        expect((await node.finish(running)).nextReadyAt).toBe(now);
        running = [...(await node.take()).runs];
        order.push(...running.map((run) => run.scheduledAt));
      }
      expect(order).toEqual([now - 9, now - 8, now - 7]);
      expect((await node.finish(running)).nextReadyAt).toBeNull();
    });

    it('are freed as far as there is room for, even several at once', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now - 10, maxInstances: 2 })]);
      const running = await node.claim(
        each((job) =>
          decision(job, {
            runs: [now - 10, now - 9].map((instant) => plannedRun(instant)),
            nextFireAt: now - 8,
          }),
        ),
      );
      await node.fire(queueEvery(1, 2));
      await node.fire(queueEvery(1, 2));
      await node.fire(queueEvery(1, 2));
      await node.finish(running);
      const { runs } = await node.take();
      expect(runs.map((run) => run.scheduledAt).toSorted((a, b) => a - b)).toEqual([
        now - 8,
        now - 7,
      ]);
      await node.finish(runs.slice(0, 1));
      expect((await node.take()).runs.map((run) => run.scheduledAt)).toEqual([now - 6]);
    });

    it('begin no earlier than they may by themselves', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const running = await node.claim(
        each((job) =>
          decision(job, {
            runs: [
              plannedRun(now),
              plannedRun(now + 50, { state: 'queued', startAt: now + 70, behind: 1 }),
            ],
          }),
        ),
      );
      expect(running).toHaveLength(1);
      expect(await node.finish(running)).toMatchObject({ nextReadyAt: now + 70 });
      expect((await node.take()).runs).toEqual([]);
      expect((await node.take({ lead: 70 })).runs).toMatchObject([{ startAt: now + 70 }]);
    });

    it('are freed when what they wait for is cancelled, withdrawn or lost', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now + 5 })]);
      await node.claim(
        each((job) => decision(job, { runs: [plannedRun(now + 5, { state: 'queued' })] })),
        { lead: 5 },
      );
      await store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued', behind: 1 }));
      expect((await node.take()).runs).toEqual([]);
      await store.editJob('job', () => ({ nextFireAt: now + 60_000 }));
      expect((await node.take()).runs).toMatchObject([{ seq: 1 }]);
    });

    it('are freed at once when what they wait for ended before they were recorded', async () => {
      const { store } = world();
      const node = await world().join();
      await store.addJobs([newJob('job')]);
      await store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued', behind: 1 }));
      expect((await node.take()).runs).toHaveLength(1);
    });
  });
}
