import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../lib/core/run.js';
import { newJob } from './new-job.js';
import { plannedRun, queueEvery, runAhead, runEvery, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeReaping(world: () => StoreWorld): void {
  const runOf = async (jobId: string): Promise<RunRecord | undefined> =>
    (await world().store.listRuns({ jobId }, { after: null, limit: 1 }))[0];

  describe('when nodes are reaped', () => {
    it('leaves those alone whose lease lasts', async () => {
      const { store, otherStore, now } = world();
      const node = await world().join('first', 5000);
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const runs = await node.claim(runNow);
      await world().advance(4999);
      expect(await otherStore.reap(3)).toEqual({
        now: now + 4999,
        runs: [],
        nextLapseAt: now + 5000,
      });
      expect((await node.finish(runs)).recorded).toEqual([true]);
    });

    it('hands on what was running, and counts the recovery', async () => {
      const { store, otherStore, now } = world();
      const dead = await world().join('first', 1000);
      const alive = await world().join('second', 60_000);
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const [lost] = await dead.claim(runNow);
      await world().advance(1001);
      expect(await otherStore.reap(3)).toEqual({
        now: now + 1001,
        runs: [
          {
            jobUid: lost?.jobUid,
            jobId: 'job',
            scheduledAt: now,
            seq: 0,
            nodeId: dead.id,
            attempt: 1,
            becomes: 'queued',
            reason: null,
          },
        ],
        nextLapseAt: now + 60_000,
      });
      expect(await runOf('job')).toMatchObject({
        state: 'queued',
        recoveries: 1,
        nodeId: null,
        startAt: now + 1001,
      });
      const { runs } = await alive.take();
      expect(runs).toMatchObject([{ attempt: 2, state: 'running' }]);
      expect((await dead.finish(lost ? [lost] : [])).recorded).toEqual([false]);
      expect((await alive.finish(runs)).recorded).toEqual([true]);
      expect((await otherStore.reap(3)).runs).toEqual([]);
    });

    it('frees what was claimed ahead, which counts as no recovery', async () => {
      const { store, otherStore, now } = world();
      const dead = await world().join('first', 1000);
      await store.addJobs([newJob('job', { nextFireAt: now + 5000 })]);
      await dead.claim(runAhead, { lead: 5000 });
      await world().advance(1001);
      expect((await otherStore.reap(0)).runs).toMatchObject([
        { nodeId: dead.id, attempt: 0, becomes: 'queued', reason: null },
      ]);
      expect(await runOf('job')).toMatchObject({
        state: 'queued',
        recoveries: 0,
        attempt: 0,
        startAt: now + 5000,
        nodeId: null,
      });
    });

    it('fails what was running where the job says so, or was removed', async () => {
      const { store, otherStore, now } = world();
      const dead = await world().join('first', 1000);
      await store.addJobs([
        newJob('fails', { nextFireAt: now, recovery: 'fail' }),
        newJob('removed', { nextFireAt: now }),
      ]);
      await dead.claim(runNow);
      await store.removeJob('removed', () => undefined);
      await world().advance(1001);
      const { runs } = await otherStore.reap(3);
      expect(runs.map((run) => `${run.jobId} ${run.becomes} ${run.reason}`).sort()).toEqual([
        'fails failed node-lost',
        'removed failed job-removed',
      ]);
      expect(await runOf('fails')).toMatchObject({
        state: 'failed',
        reason: 'node-lost',
        finishedAt: now + 1001,
        error: { name: expect.any(String), message: expect.stringContaining(dead.id) },
      });
    });

    it('gives up a run that has cost too many nodes', async () => {
      const { store, otherStore, now } = world();
      await store.addJobs([newJob('killer', { nextFireAt: now })]);
      const outcomes: string[] = [];
      for (let victims = 0; victims < 3; victims += 1) {
        const victim = await world().join('first', 1000);
        await (victims === 0 ? victim.fire(runNow) : victim.take());
        await world().advance(1001);
        outcomes.push(...(await otherStore.reap(2)).runs.map((run) => run.becomes));
      }
      expect(outcomes).toEqual(['queued', 'queued', 'failed']);
      expect(await runOf('killer')).toMatchObject({
        state: 'failed',
        reason: 'poisoned',
        attempt: 3,
        recoveries: 3,
        error: { code: 'POISONED' },
      });
    });

    it('hands on at once what a node leaves behind that has said goodbye', async () => {
      const { store, otherStore, now } = world();
      const leaver = await world().join('first', 60_000);
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      await leaver.claim(runNow);
      await store.leave(leaver.id);
      expect((await otherStore.reap(3)).runs).toMatchObject([{ becomes: 'queued' }]);
    });

    it('frees what waited behind a run that failed with its node', async () => {
      const { store, otherStore, now } = world();
      const dead = await world().join('first', 1000);
      const alive = await world().join('second', 60_000);
      await store.addJobs([newJob('job', { nextFireAt: now - 1, recovery: 'fail' })]);
      await dead.fire(runEvery(1));
      await alive.fire(queueEvery(1000, 1));
      await world().advance(500);
      expect((await alive.take()).runs).toEqual([]);
      await world().advance(501);
      await otherStore.reap(3);
      expect((await alive.take()).runs).toMatchObject([{ scheduledAt: now }]);
    });

    it('keeps what it hands on live: nothing overtakes it', async () => {
      const { store, otherStore, now } = world();
      const dead = await world().join('first', 1000);
      const alive = await world().join('second', 60_000);
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      await dead.fire(runNow);
      await store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued', behind: 1 }));
      await world().advance(1001);
      await otherStore.reap(3);
      const { runs } = await alive.take();
      expect(runs).toMatchObject([{ seq: 0 }]);
      await alive.finish(runs);
      expect((await alive.take()).runs).toMatchObject([{ seq: 1 }]);
    });
  });
}
