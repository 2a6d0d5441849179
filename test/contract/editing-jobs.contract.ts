import { describe, expect, it } from '@jest/globals';
import { VersionConflictError } from '../../lib/core/errors/version-conflict.error.js';
import type { JobRecord } from '../../lib/core/job.js';
import { newJob } from './new-job.js';
import { decision, each, plannedRun, queueEvery, runAhead, runEvery, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeEditingJobs(world: () => StoreWorld): void {
  /** The job as an edit is given it; nothing is changed. */
  const asEdited = async (id: string): Promise<JobRecord | undefined> => {
    let given: JobRecord | undefined;
    await world().store.editJob(id, (job) => {
      given = job;
      return null;
    });
    return given;
  };

  describe('when a job is edited', () => {
    it('replaces what the edit gives, and adds 1 to the version', async () => {
      const { store, now } = world();
      const [added] = await store.addJobs([newJob('job', { nextFireAt: now + 1000, tags: ['x'] })]);
      await world().advance(5);
      const changes = { name: 'new', priority: 3 as const, args: [1], nextFireAt: now + 2000 };
      const edited = await store.editJob('job', () => changes);
      expect(edited).toEqual({ ...added, ...changes, version: 2, updatedAt: now + 5 });
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([edited]);
    });

    it('tells the edit the time of the store', async () => {
      const { store, now } = world();
      await store.addJobs([newJob('job')]);
      await world().advance(1234);
      let told = 0;
      await store.editJob('job', (_job, at) => {
        told = at;
        return null;
      });
      expect(told).toBe(now + 1234);
    });

    it('leaves everything as it is when the edit gives null or throws', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now + 10 })]);
      const runs = await node.claim(runAhead, { lead: 10 });
      const [before] = await store.listJobs({}, { after: null, limit: 1 });
      expect(await store.editJob('job', () => null)).toEqual(before);
      const failing = store.editJob('job', () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([before]);
      expect((await node.start(runs)).started).toEqual([true]);
    });

    it('gives null when there is no such job', async () => {
      const { store } = world();
      await store.addJobs([newJob('gone')]);
      await store.removeJob('gone', () => undefined);
      expect(await store.editJob('gone', () => ({}))).toBeNull();
      expect(await store.editJob('never', () => ({}))).toBeNull();
    });

    it('refuses another version than the one asked for', async () => {
      const { store } = world();
      await store.addJobs([newJob('job')]);
      await store.editJob('job', () => ({ name: 'second' }), { ifVersion: 1 });
      const stale = store.editJob('job', () => ({ name: 'third' }), { ifVersion: 1 });
      await expect(stale).rejects.toThrow(new VersionConflictError('job', 1, 2));
      expect(await store.listJobs({}, { after: null, limit: 1 })).toMatchObject([
        { name: 'second', version: 2 },
      ]);
    });

    it('makes a finished job active again, and an active one finished', async () => {
      const { store, now } = world();
      await store.addJobs([newJob('job')]);
      expect(
        await store.editJob('job', () => ({ state: 'active', nextFireAt: now })),
      ).toMatchObject({
        state: 'active',
        nextFireAt: now,
      });
      const ended = await store.editJob('job', () => ({ state: 'finished', nextFireAt: null }));
      expect(ended).toMatchObject({ state: 'finished', nextFireAt: null, version: 3 });
    });
  });

  describe('planned runs that have not begun', () => {
    it('are taken back by an edit, which sees the job as it stood before them', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now, fireCount: 3 })]);
      await node.fire(runEvery(100));
      const ahead = await node.claim(runAhead, { lead: 100 });
      expect(await asEdited('job')).toMatchObject({
        state: 'active',
        nextFireAt: now + 100,
        lastFireAt: now,
        fireCount: 4,
      });
      const edited = await store.editJob('job', () => ({ nextFireAt: now + 500 }));
      expect(edited).toMatchObject({ nextFireAt: now + 500, lastFireAt: now, fireCount: 4 });
      const runs = await store.listRuns({}, { after: null, limit: 10 });
      expect(runs.map((run) => run.scheduledAt)).toEqual([now]);
      expect((await node.start(ahead)).started).toEqual([false]);
      expect((await node.finish(ahead)).recorded).toEqual([false]);
    });

    it('keep waiting behind others when their instant has come, and all the more under a pause', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now - 3 })]);
      const first = await node.claim(runEvery(1));
      await node.fire(queueEvery(1, 1));
      await node.fire(queueEvery(1, 1));
      expect(await asEdited('job')).toMatchObject({ lastFireAt: now - 1, fireCount: 3 });
      const states = async () =>
        (await store.listRuns({}, { after: null, limit: 10 })).map((run) => run.state);

      await store.editJob('job', () => ({ state: 'paused', nextFireAt: null }));
      await node.finish(first);
      expect((await node.take()).runs).toEqual([]);
      expect(await states()).toEqual(['queued', 'queued', 'succeeded']);

      await store.editJob('job', () => ({ state: 'active', nextFireAt: now + 60_000 }));
      const second = (await node.take()).runs;
      expect(second).toMatchObject([{ scheduledAt: now - 2, attempt: 1 }]);
      await node.finish(second);
      expect((await node.take()).runs).toMatchObject([{ scheduledAt: now - 1 }]);
    });

    it('lose their claim when their instant has come, and are taken as the job is now', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now - 1, args: ['old'] })]);
      const late = each((job) =>
        decision(job, { runs: [plannedRun(now - 1, { state: 'queued', startAt: now + 10 })] }),
      );
      const claimed = await node.claim(late);
      expect(claimed).toMatchObject([{ job: { args: ['old'] } }]);

      await store.editJob('job', () => ({ args: ['new'] }));
      expect((await node.start(claimed)).started).toEqual([false]);
      expect((await node.take({ lead: 10 })).runs).toMatchObject([
        { scheduledAt: now - 1, startAt: now + 10, job: { args: ['new'] } },
      ]);
    });

    it('count the end of a range as the watermark, and none as no watermark', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([
        newJob('range', { nextFireAt: now - 9 }),
        newJob('first', { nextFireAt: now + 9 }),
      ]);
      await node.fire(
        each((job) =>
          decision(job, {
            runs:
              job.id === 'first'
                ? [plannedRun(now + 9, { state: 'queued' })]
                : [
                    plannedRun(now - 9, { state: 'missed', until: now - 4, count: 6 }),
                    plannedRun(now + 9, { state: 'queued' }),
                  ],
          }),
        ),
        { lead: 10 },
      );
      expect(await asEdited('range')).toMatchObject({ nextFireAt: now + 9, lastFireAt: now - 4 });
      expect(await asEdited('first')).toMatchObject({ nextFireAt: now + 9, lastFireAt: null });
    });

    it('can be fired anew after the edit, instants and all', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now + 10 })]);
      await node.claim(runAhead, { lead: 10 });
      await store.editJob('job', (job) => ({ name: 'same instant', nextFireAt: job.nextFireAt }));
      const runs = await node.claim(runAhead, { lead: 10 });
      expect(runs).toMatchObject([{ scheduledAt: now + 10 }]);
      expect((await node.start(runs)).started).toEqual([true]);
    });

    it('stay when they have begun before, were asked for by hand or run', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const [running] = await node.claim(runNow);
      await store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued' }));
      await store.editJob('job', () => ({ name: 'new' }));
      const runs = await store.listRuns({}, { after: null, limit: 10 });
      expect(runs).toMatchObject([
        { seq: 1, state: 'queued' },
        { seq: 0, state: 'running' },
      ]);
      expect((await node.finish(running ? [running] : [])).recorded).toEqual([true]);
      expect((await node.take()).runs).toMatchObject([{ seq: 1 }]);
    });
  });
}
