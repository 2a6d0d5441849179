import { describe, expect, it } from '@jest/globals';
import { newJob } from './new-job.js';
import { plannedRun, queueEvery, runEvery } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeRemovingJobs(world: () => StoreWorld): void {
  describe('when a job is removed', () => {
    it('cancels what has not begun, lets go on what has, and keeps the history', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now - 2 })]);
      const done = await node.claim(runEvery(1));
      await node.finish(done);
      const running = await node.claim(runEvery(1));
      await node.fire(queueEvery(1000, 1));
      await store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued' }));
      const [before] = await store.listJobs({}, { after: null, limit: 1 });
      expect(await store.removeJob('job', () => undefined)).toEqual(before);
      expect(before?.uid).toBe(job?.uid);
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([]);
      const states = async (): Promise<string[]> =>
        (await store.listRuns({ jobId: 'job' }, { after: null, limit: 10 })).map(
          (run) => `${run.scheduledAt - now}/${run.seq} ${run.state} ${run.reason}`,
        );
      expect(await states()).toEqual([
        '0/1 cancelled job-removed',
        '0/0 cancelled job-removed',
        '-1/0 running null',
        '-2/0 succeeded null',
      ]);
      expect((await node.take()).runs).toEqual([]);
      expect((await node.finish(running)).recorded).toEqual([true]);
      expect(await states()).toContain('-1/0 succeeded null');
    });

    it('asks the guard, which may refuse', async () => {
      const { store, now } = world();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now })]);
      const refusal = new Error('it is declared');
      const removing = store.removeJob('job', (given) => {
        expect(given).toEqual(job);
        throw refusal;
      });
      await expect(removing).rejects.toBe(refusal);
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([job]);
    });

    it('gives null when there is no such job, or no more', async () => {
      const { store } = world();
      const guard = (): void => {
        throw new Error('There is nothing to guard.');
      };
      expect(await store.removeJob('never', guard)).toBeNull();
      await store.addJobs([newJob('job')]);
      await store.removeJob('job', () => undefined);
      expect(await store.removeJob('job', guard)).toBeNull();
    });
  });
}
