import { describe, expect, it } from '@jest/globals';
import { ConflictingJobIdError } from '../../lib/core/errors/conflicting-job-id.error.js';
import { newJob } from './new-job.js';
import { runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeAddingJobs(world: () => StoreWorld): void {
  describe('when jobs are added', () => {
    it('gives their records in the order in which they came', async () => {
      const { store, now } = world();
      const ids = ['c', 'a', 'b'];
      const records = await store.addJobs(ids.map((id) => newJob(id, { nextFireAt: now + 1000 })));
      expect(records.map((job) => job.id)).toEqual(ids);
      expect(records[0]).toMatchObject({
        ...newJob('c', { nextFireAt: now + 1000 }),
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      expect(new Set(records.map((job) => job.uid)).size).toBe(3);
    });

    it('adds none of them if one id is taken', async () => {
      const { store, now } = world();
      await store.addJobs([newJob('taken', { nextFireAt: now })]);
      const adding = store.addJobs([
        newJob('free', { nextFireAt: now }),
        newJob('taken', { nextFireAt: now }),
      ]);
      await expect(adding).rejects.toThrow(new ConflictingJobIdError('taken'));
      const jobs = await store.listJobs({}, { after: null, limit: 10 });
      expect(jobs.map((job) => job.id)).toEqual(['taken']);
    });

    it('refuses two of the same id', async () => {
      const { store } = world();
      const adding = store.addJobs([newJob('twin'), newJob('other'), newJob('twin')]);
      await expect(adding).rejects.toThrow(new ConflictingJobIdError('twin'));
      expect(await store.listJobs({}, { after: null, limit: 10 })).toEqual([]);
    });

    it('lets a finished job make way, whose history stays', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [first] = await store.addJobs([newJob('again', { nextFireAt: now })]);
      await node.finish(await node.claim(runNow));
      const [second] = await store.addJobs([newJob('again', { nextFireAt: now })]);
      expect(second?.uid).not.toBe(first?.uid);
      const runs = await store.listRuns({ jobId: 'again' }, { after: null, limit: 10 });
      expect(runs.map((run) => [run.jobUid, run.state])).toEqual([[first?.uid, 'succeeded']]);
    });

    it('runs a one-shot again that was removed and added anew with the same date', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('party', { nextFireAt: now })]);
      await node.finish(await node.claim(runNow));
      await store.removeJob('party', () => undefined);
      await store.addJobs([newJob('party', { nextFireAt: now })]);
      expect(await node.claim(runNow)).toHaveLength(1);
      const runs = await store.listRuns({ jobId: 'party' }, { after: null, limit: 10 });
      expect(runs.map((run) => run.scheduledAt)).toEqual([now, now]);
    });

    it('does not let a job make way that was declared in code, paused, parked or has an instant left', async () => {
      const { store, now } = world();
      await store.addJobs([
        newJob('declared', { origin: 'code' }),
        newJob('paused', { state: 'paused' }),
        newJob('parked', { state: 'parked', error: 'unreadable' }),
        newJob('active', { nextFireAt: now + 1000 }),
      ]);
      for (const id of ['declared', 'paused', 'parked', 'active']) {
        await expect(store.addJobs([newJob(id)])).rejects.toThrow(new ConflictingJobIdError(id));
      }
    });

    it('takes none, too', async () => {
      expect(await world().store.addJobs([])).toEqual([]);
    });

    it('announces the earliest instant', async () => {
      const { store, otherStore, now, woken } = world();
      await store.addJobs([
        newJob('later', { nextFireAt: now + 700 }),
        newJob('sooner', { nextFireAt: now + 500 }),
      ]);
      const node = await world().join('second');
      expect(await otherStore.fire(node.request(), () => [])).toMatchObject({
        nextDueAt: now + 500,
      });
      expect(woken.filter((at) => at < now + 500)).toEqual([]);
    });
  });
}
