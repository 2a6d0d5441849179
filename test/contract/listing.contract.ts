import { describe, expect, it } from '@jest/globals';
import type { JobFilter } from '../../lib/core/job-store.js';
import type { RunKey, RunRecord } from '../../lib/core/run.js';
import { newJob } from './new-job.js';
import { decision, each, plannedRun, runEvery, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeListing(world: () => StoreWorld): void {
  const ids = async (filter: JobFilter): Promise<string[]> => {
    const jobs = await world().store.listJobs(filter, { after: null, limit: 100 });
    return jobs.map((job) => job.id).sort();
  };

  const allRuns = async (limit: number): Promise<RunRecord[]> => {
    const runs: RunRecord[] = [];
    for (let after: RunKey | null = null; ;) {
      const page: readonly RunRecord[] = await world().store.listRuns({}, { after, limit });
      runs.push(...page);
      after = page.at(-1) ?? null;
      if (page.length < limit) {
        return runs;
      }
    }
  };

  describe('when jobs are listed', () => {
    it('gives each once, page by page, in the same order, whatever is added meanwhile', async () => {
      const { store } = world();
      const names = ['B', 'a', 'ä', 'Z', '10', '9', '_', '日', '👍', 'ab'];
      await store.addJobs(names.map((id) => newJob(id)));
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const page = await store.listJobs({}, { after, limit: 3 });
        seen.push(...page.map((job) => job.id));
        const last: string | undefined = page.at(-1)?.id;
        if (last === undefined) {
          break;
        }
        if (seen.length < 7) {
          await store.addJobs([newJob(`${last} later`)]);
        }
        after = last;
      }
      expect(seen.filter((id) => names.includes(id))).toEqual(
        (await store.listJobs({}, { after: null, limit: 100 }))
          .map((job) => job.id)
          .filter((id) => names.includes(id)),
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(names));
    });

    it('keeps to all conditions that are given', async () => {
      const { store, now } = world();
      await store.addJobs([
        newJob('active', { nextFireAt: now, tags: ['x', 'y'] }),
        newJob('finished', { handler: 'b', tags: ['x'] }),
        newJob('paused', { state: 'paused', tags: ['y'] }),
        newJob('parked', { state: 'parked', error: 'why', origin: 'code' }),
      ]);
      expect(await ids({})).toEqual(['active', 'finished', 'parked', 'paused']);
      expect(await ids({ state: ['active'] })).toEqual(['active']);
      expect(await ids({ state: ['finished', 'parked'] })).toEqual(['finished', 'parked']);
      expect(await ids({ state: [] })).toEqual([]);
      expect(await ids({ handler: 'b' })).toEqual(['finished']);
      expect(await ids({ tags: ['x'] })).toEqual(['active', 'finished']);
      expect(await ids({ tags: ['x', 'y'] })).toEqual(['active']);
      expect(await ids({ tags: [] })).toEqual(['active', 'finished', 'parked', 'paused']);
      expect(await ids({ origin: 'code' })).toEqual(['parked']);
      expect(await ids({ ids: ['paused', 'nobody', 'active'] })).toEqual(['active', 'paused']);
      expect(await ids({ ids: [] })).toEqual([]);
      expect(await ids({ tags: ['x'], handler: 'a', state: ['active'] })).toEqual(['active']);
    });
  });

  describe('when runs are listed', () => {
    it('gives each once, page by page, newest instant first', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(['a', 'b', 'c'].map((id) => newJob(id, { nextFireAt: now - 3000 })));
      for (let instant = 0; instant < 4; instant += 1) {
        await node.fire(runEvery(1000));
      }
      await store.addRun('a', () => plannedRun(now - 1000, { state: 'queued' }));
      const whole = await allRuns(100);
      expect(whole).toHaveLength(13);
      expect(whole.map((run) => run.scheduledAt)).toEqual(
        whole.map((run) => run.scheduledAt).toSorted((a, b) => b - a),
      );
      for (const limit of [1, 2, 5, 13]) {
        expect(await allRuns(limit)).toEqual(whole);
      }
    });

    it('keeps to all conditions that are given', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(['a', 'b'].map((id) => newJob(id, { nextFireAt: now - 1000 })));
      await node.finish(await node.claim(runEvery(500)));
      await node.fire(runEvery(500));
      const count = async (filter: Parameters<typeof store.listRuns>[0]): Promise<number> =>
        (await store.listRuns(filter, { after: null, limit: 100 })).length;
      expect(await count({})).toBe(4);
      expect(await count({ jobId: 'a' })).toBe(2);
      expect(await count({ jobId: 'nobody' })).toBe(0);
      expect(await count({ state: ['succeeded'] })).toBe(2);
      expect(await count({ state: ['succeeded', 'running'] })).toBe(4);
      expect(await count({ state: [] })).toBe(0);
      expect(await count({ from: now - 500 })).toBe(2);
      expect(await count({ to: now - 500 })).toBe(2);
      expect(await count({ from: now - 1000, to: now - 999, jobId: 'b' })).toBe(1);
    });

    it('gives the history of all jobs that ever had an id', async () => {
      const { store, now } = world();
      const node = await world().join();
      for (let life = 0; life < 3; life += 1) {
        await store.addJobs([newJob('phoenix', { nextFireAt: now - life })]);
        await node.finish(await node.claim(runNow));
        await store.removeJob('phoenix', () => undefined);
      }
      const runs = await store.listRuns({ jobId: 'phoenix' }, { after: null, limit: 10 });
      expect(runs.map((run) => run.scheduledAt)).toEqual([now, now - 1, now - 2]);
      expect(new Set(runs.map((run) => run.jobId))).toEqual(new Set(['phoenix']));
      expect(await ids({})).toEqual([]);
    });

    it('finds a run by its key, and none by another', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now })]);
      await node.fire(each((due) => decision(due)));
      const key = { jobUid: job?.uid ?? '', scheduledAt: now, seq: 0 };
      expect(await store.getRun(key)).toMatchObject({ ...key, jobId: 'job' });
      expect(await store.getRun({ ...key, seq: 1 })).toBeNull();
      expect(await store.getRun({ ...key, scheduledAt: now + 1 })).toBeNull();
      expect(await store.getRun({ ...key, jobUid: '999999' })).toBeNull();
    });
  });
}
