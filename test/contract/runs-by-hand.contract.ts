import { describe, expect, it } from '@jest/globals';
import { newJob } from './new-job.js';
import { plannedRun, queueEvery, runEvery, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeRunsByHand(world: () => StoreWorld): void {
  describe('when a run is added by hand', () => {
    it('is held by nobody, and leaves the schedule as it is', async () => {
      const { store, now } = world();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now + 1000 })]);
      const run = await store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued' }));
      expect(run).toMatchObject({
        jobUid: job?.uid,
        jobId: 'job',
        scheduledAt: now,
        seq: 1,
        state: 'queued',
        startAt: now,
        attempt: 0,
        nodeId: null,
      });
      expect(run && (await store.getRun(run))).toEqual(run);
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([job]);
    });

    it('runs beside the planned run of the very same millisecond, and beside others by hand', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const byHand = (): Promise<unknown> =>
        store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued' }));
      await byHand();
      const planned = await node.claim(runEvery(1000));
      await byHand();
      const { runs } = await node.take();
      expect(runs.map((run) => run.scheduledAt)).toEqual([now, now]);
      expect(new Set(runs.map((run) => run.seq))).toEqual(new Set([1, 2]));
      expect((await node.finish([...planned, ...runs])).recorded).toEqual([true, true, true]);
    });

    it('is told how busy the job is, and may wait its turn', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now - 1 })]);
      const running = await node.claim(runEvery(1));
      await node.fire(queueEvery(1000, 1));
      const run = await store.addRun('job', (job, at) => {
        expect(job).toMatchObject({ id: 'job', liveRuns: 1, waitingRuns: 1 });
        return plannedRun(at, { state: 'queued', behind: 1 });
      });
      expect(run).toMatchObject({ seq: 1, state: 'queued' });
      await node.finish(running);
      const first = (await node.take()).runs;
      expect(first).toMatchObject([{ seq: 0 }]);
      await node.finish(first);
      expect((await node.take()).runs).toMatchObject([{ seq: 1 }]);
    });

    it('works for paused, parked and finished jobs', async () => {
      const { store } = world();
      const node = await world().join();
      await store.addJobs([
        newJob('paused', { state: 'paused' }),
        newJob('parked', { state: 'parked', error: 'why' }),
        newJob('finished'),
      ]);
      for (const id of ['paused', 'parked', 'finished']) {
        await store.addRun(id, (_job, at) => plannedRun(at, { state: 'queued' }));
      }
      expect((await node.take()).runs.map((run) => run.job.id).sort()).toEqual([
        'finished',
        'parked',
        'paused',
      ]);
    });

    it('gives null when there is no such job, and writes nothing when the plan throws', async () => {
      const { store, now } = world();
      expect(await store.addRun('never', () => plannedRun(now))).toBeNull();
      await store.addJobs([newJob('job')]);
      const adding = store.addRun('job', () => {
        throw new Error('no');
      });
      await expect(adding).rejects.toThrow('no');
      expect(await store.listRuns({}, { after: null, limit: 1 })).toEqual([]);
    });

    it('does not keep the planned instant from firing', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now + 100 })]);
      await store.addRun('job', () => plannedRun(now + 100, { state: 'queued' }));
      await world().advance(100);
      const reply = await node.fire(runNow);
      expect(reply.fired).toMatchObject([{ conflicts: [], claimed: [{ seq: 0 }] }]);
    });
  });
}
