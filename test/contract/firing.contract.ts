import { describe, expect, it } from '@jest/globals';
import type { DueJob } from '../../lib/core/fire.js';
import { newJob } from './new-job.js';
import {
  decision,
  each,
  leaveAlone,
  plannedRun,
  queueEvery,
  runAhead,
  runEvery,
  runNow,
} from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeFiring(world: () => StoreWorld): void {
  describe('when jobs fire', () => {
    it('gives the plan all that it has to know of a job', async () => {
      const { store, now } = world();
      const node = await world().join();
      const job = newJob('job', {
        args: [1],
        nextFireAt: now - 1,
        lastFireAt: now - 100,
        fireCount: 4,
        maxInstances: 3,
        misfireGraceTime: 50,
        overlap: 'queue',
        coalesce: 'earliest',
        maxCatchUp: 9,
        recovery: 'fail',
        origin: 'code',
      });
      const [added] = await store.addJobs([job]);
      const seen: DueJob[] = [];
      const times: number[] = [];
      await node.fire((jobs, at) => {
        seen.push(...jobs);
        times.push(at);
        return [];
      });
      const { id, handler, executor, trigger, origin, coalesce, overlap } = job;
      expect(seen[0]).toMatchObject({
        id,
        handler,
        executor,
        trigger,
        origin,
        coalesce,
        overlap,
      });
      expect(seen).toMatchObject([
        {
          uid: added?.uid,
          version: 1,
          maxInstances: 3,
          misfireGraceTime: 50,
          maxCatchUp: 9,
          recovery: 'fail',
          nextFireAt: now - 1,
          lastFireAt: now - 100,
          fireCount: 4,
          openSkipAt: null,
          createdAt: now,
          liveRuns: 0,
          waitingRuns: 0,
        },
      ]);
      expect(times).toEqual([now]);
    });

    it('moves the job on and records its run as the plan decides', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { args: ['x'], nextFireAt: now })]);
      const reply = await node.fire(runEvery(60_000));
      expect(reply).toMatchObject({ now, full: false, nextDueAt: now + 60_000, nextReadyAt: null });
      const uid = job?.uid ?? '';
      const [run] = reply.fired[0]?.claimed ?? [];
      expect(run).toEqual({
        jobUid: uid,
        scheduledAt: now,
        seq: 0,
        claim: expect.any(Number),
        attempt: 1,
        state: 'running',
        startAt: now,
        job: { id: 'job', handler: 'a', executor: 'default', args: ['x'] },
      });
      expect(await store.listJobs({}, { after: null, limit: 1 })).toMatchObject([
        { state: 'active', nextFireAt: now + 60_000, lastFireAt: now, fireCount: 1, version: 1 },
      ]);
      expect(await store.getRun({ jobUid: uid, scheduledAt: now, seq: 0 })).toMatchObject({
        state: 'running',
        attempt: 1,
        startedAt: now,
        nodeId: node.id,
        finishedAt: null,
      });
    });

    it('reads a job as finished that has no instant left', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      await node.fire(runNow);
      const [job] = await store.listJobs({}, { after: null, limit: 1 });
      expect(job).toMatchObject({ state: 'finished', nextFireAt: null, lastFireAt: now });
    });

    it('looks ahead by the lead, and says when it would have more', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('soon', { nextFireAt: now + 200 })]);
      await store.addJobs([newJob('later', { nextFireAt: now + 201 })]);
      expect(await node.fire(runNow)).toMatchObject({ fired: [], nextDueAt: now + 200 });
      const reply = await node.fire(runAhead, { lead: 200 });
      expect(reply.fired.map((fired) => fired.job.id)).toEqual(['soon']);
      expect(reply.fired[0]?.claimed).toMatchObject([
        { state: 'queued', startAt: now + 200, attempt: 1 },
      ]);
      expect(reply.nextDueAt).toBe(now + 201);
    });

    it('fires only what the node has the handler and the executor for', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([
        newJob('mine', { nextFireAt: now }),
        newJob('not my handler', { nextFireAt: now, handler: 'other' }),
        newJob('not my executor', { nextFireAt: now, executor: 'other' }),
      ]);
      const reply = await node.fire(runNow);
      expect(reply.fired.map((fired) => fired.job.id)).toEqual(['mine']);
      expect(reply.nextDueAt).toBeNull();
      const nobody = await node.fire(runNow, { handlers: [], executors: [] });
      expect(nobody).toMatchObject({ fired: [], full: false, nextDueAt: null, nextReadyAt: null });
    });

    it('fires no paused, parked or removed job', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(
        ['paused', 'parked', 'removed'].map((id) => newJob(id, { nextFireAt: now })),
      );
      await store.editJob('paused', () => ({ state: 'paused', nextFireAt: null }));
      await store.editJob('parked', () => ({ state: 'parked', nextFireAt: null, error: 'odd' }));
      await store.removeJob('removed', () => undefined);
      expect(await node.fire(runNow)).toMatchObject({ fired: [], nextDueAt: null });
    });

    it('leaves a job as it is that the plan does not decide on', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now })]);
      expect(await node.fire(leaveAlone)).toMatchObject({ fired: [], nextDueAt: now });
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([job]);
    });

    it('writes nothing when the plan throws', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now })]);
      const firing = node.fire(() => {
        throw new Error('a broken plan');
      });
      await expect(firing).rejects.toThrow('a broken plan');
      expect(await store.listJobs({}, { after: null, limit: 1 })).toEqual([job]);
      expect(await node.claim(runNow)).toHaveLength(1);
    });

    it('keeps to the limit, oldest first, and says that there is more', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(
        [5, 3, 1, 4, 2].map((age) => newJob(`age ${age}`, { nextFireAt: now - age })),
      );
      const reply = await node.fire(runNow, { limit: 2 });
      expect(reply.fired.map((fired) => fired.job.id)).toEqual(['age 5', 'age 4']);
      expect(reply).toMatchObject({ full: true, nextDueAt: now - 3 });
      const rest = await node.fire(runNow, { limit: 4 });
      expect(rest).toMatchObject({ full: false, nextDueAt: null });
      expect(rest.fired).toHaveLength(3);
    });

    it('serves higher priorities first, and each level some', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(
        ([0, 1, 2, 3] as const).flatMap((priority) =>
          Array.from({ length: 20 }, (_, index) =>
            newJob(`${priority}/${index}`, { priority, nextFireAt: now - 10 + priority }),
          ),
        ),
      );
      const reply = await node.fire(runNow, { limit: 16 });
      const counts = [0, 1, 2, 3].map(
        (level) => reply.fired.filter((fired) => fired.job.id.startsWith(`${level}/`)).length,
      );
      expect(counts.reduce((sum, count) => sum + count)).toBe(16);
      expect(Math.min(...counts)).toBeGreaterThan(0);
      expect(Math.max(...counts)).toBe(counts[3]);
      expect(reply.fired[0]?.job.id).toMatch(/^3/);
    });

    it('moves on past an instant that is on record already, and says so', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(['job', 'other'].map((id) => newJob(id, { nextFireAt: now })));
      await node.finish(await node.claim(runEvery(1000)), { result: 'first' });
      await store.editJob('job', () => ({ nextFireAt: now }));
      const reply = await node.fire(
        each((job) =>
          decision(job, {
            runs: [plannedRun(now), plannedRun(now + 1)],
            lastFireAt: now + 1,
            nextFireAt: now + 2000,
          }),
        ),
      );
      expect(reply.fired).toMatchObject([
        { conflicts: [now], claimed: [{ scheduledAt: now + 1 }] },
      ]);
      const runs = await store.listRuns({ jobId: 'job' }, { after: null, limit: 10 });
      expect(runs).toMatchObject([
        { scheduledAt: now + 1, state: 'running' },
        { scheduledAt: now, state: 'succeeded', result: 'first' },
      ]);
      const [job] = await store.listJobs({ ids: ['job'] }, { after: null, limit: 1 });
      expect(job).toMatchObject({ nextFireAt: now + 2000, lastFireAt: now + 1 });
    });

    it('adds further skips to an open skip record', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now - 10 })]);
      const skip = each((due) =>
        decision(due, {
          runs: [plannedRun(due.nextFireAt, { state: 'skipped', reason: 'max-instances' })],
          nextFireAt: due.nextFireAt + 1,
          fireCount: due.fireCount,
          openSkipAt: due.openSkipAt ?? due.nextFireAt,
          extendsSkip: due.openSkipAt !== null,
        }),
      );
      for (let instant = 0; instant < 4; instant += 1) {
        await node.fire(skip);
      }
      const runs = await store.listRuns({}, { after: null, limit: 10 });
      expect(runs).toMatchObject([
        { jobUid: job?.uid, scheduledAt: now - 10, until: now - 7, count: 4, state: 'skipped' },
      ]);
    });

    it('records a skip by itself when the open record is gone', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      await node.fire(
        each((due) =>
          decision(due, {
            runs: [plannedRun(now, { state: 'skipped' })],
            openSkipAt: now - 10,
            extendsSkip: true,
          }),
        ),
      );
      const runs = await store.listRuns({}, { after: null, limit: 10 });
      expect(runs).toMatchObject([{ scheduledAt: now, state: 'skipped', count: 1 }]);
    });

    it('counts live and waiting runs apart', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now - 10 })]);
      await node.fire(runEvery(1));
      await node.fire(queueEvery(1, 1));
      await node.fire(queueEvery(1, 1));
      let load: Partial<DueJob> = {};
      await node.fire((jobs) => {
        load = jobs[0] ?? {};
        return [];
      });
      expect(load).toMatchObject({ liveRuns: 1, waitingRuns: 2 });
    });

    it('makes several runs of one decision, each with a claim of its own', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now, maxInstances: 3 })]);
      const runs = await node.claim(
        each((job) => decision(job, { runs: [0, 1, 2].map((ms) => plannedRun(now + ms)) })),
      );
      expect(runs.map((run) => run.scheduledAt)).toEqual([now, now + 1, now + 2]);
      expect(new Set(runs.map((run) => run.claim)).size).toBe(3);
      expect((await node.finish(runs)).recorded).toEqual([true, true, true]);
    });
  });
}
