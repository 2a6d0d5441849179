import { describe, expect, it } from '@jest/globals';
import type { FiredJob } from '../../lib/core/fire.js';
import type { ClaimedRun } from '../../lib/core/run.js';
import { newJob } from './new-job.js';
import { decision, each, plannedRun, runEvery, runNow } from './plans.js';
import type { StoreNode } from './store-node.js';
import type { StoreWorld } from './store-world.js';

export function describeRaces(world: () => StoreWorld): void {
  const twoNodes = async (): Promise<[StoreNode, StoreNode]> => [
    await world().join('first'),
    await world().join('second'),
  ];

  describe('when two nodes act at once', () => {
    it('fires each instant of 500 jobs once', async () => {
      const { store, now } = world();
      const nodes = await twoNodes();
      await store.addJobs(
        Array.from({ length: 500 }, (_, index) => newJob(`job ${index}`, { nextFireAt: now - 2 })),
      );
      const fired: FiredJob[] = [];
      const drain = async (node: StoreNode): Promise<void> => {
        for (;;) {
          const reply = await node.fire(runEvery(1), { limit: 40 });
          fired.push(...reply.fired);
          if (reply.nextDueAt === null || reply.nextDueAt > now) {
            return;
          }
        }
      };
      await Promise.all([...nodes, ...nodes].map(drain));
      const runs = fired.flatMap((job) => job.claimed);
      expect(runs).toHaveLength(1500);
      expect(new Set(runs.map((run) => `${run.jobUid}/${run.scheduledAt}`)).size).toBe(1500);
      expect(new Set(runs.map((run) => run.claim)).size).toBe(1500);
      expect(fired.flatMap((job) => job.conflicts)).toEqual([]);
    });

    it('takes each of 200 runs once', async () => {
      const { store } = world();
      const nodes = await twoNodes();
      await store.addJobs([newJob('job')]);
      await Promise.all(
        Array.from({ length: 200 }, () =>
          store.addRun('job', (_job, at) => plannedRun(at, { state: 'queued' })),
        ),
      );
      const taken: ClaimedRun[] = [];
      const drain = async (node: StoreNode): Promise<void> => {
        for (;;) {
          const { runs } = await node.take({ limit: 15 });
          taken.push(...runs);
          if (runs.length === 0 && (await node.fire(runNow)).nextReadyAt === null) {
            return;
          }
        }
      };
      await Promise.all([...nodes, ...nodes].map(drain));
      expect(taken.map((run) => run.seq).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 200 }, (_, index) => index + 1),
      );
    });

    it('loses no edit that meets a fire', async () => {
      const { store, otherStore, now } = world();
      const [one, two] = await twoNodes();
      await store.addJobs([newJob('job', { nextFireAt: now - 40 })]);
      const edits = 20;
      const firing = async (node: StoreNode): Promise<number[]> => {
        const instants: number[] = [];
        for (let round = 0; round < 40; round += 1) {
          const runs = await node.claim(runEvery(1));
          instants.push(...runs.map((run) => run.scheduledAt));
        }
        return instants;
      };
      const editing = async (): Promise<void> => {
        for (let round = 0; round < edits; round += 1) {
          await otherStore.editJob('job', (job) => ({
            metadata: { edits: Number(job.metadata.edits ?? 0) + 1 },
          }));
        }
      };
      const [first, second] = await Promise.all([firing(one), firing(two), editing(), editing()]);
      const [job] = await store.listJobs({}, { after: null, limit: 1 });
      expect(job).toMatchObject({ version: 1 + 2 * edits, metadata: { edits: 2 * edits } });
      const instants = [...first, ...second].sort((a, b) => a - b);
      expect(new Set(instants).size).toBe(instants.length);
      expect(instants).toEqual(instants.map((_, index) => now - 40 + index));
      expect(job?.fireCount).toBe(instants.length);
    });

    it('starts nothing of a job after it was removed', async () => {
      const { store, otherStore, now } = world();
      const [node] = await twoNodes();
      const ids = Array.from({ length: 50 }, (_, index) => `job ${index}`);
      await store.addJobs(ids.map((id) => newJob(id, { nextFireAt: now + 5 })));
      const runs = await node.claim(
        each((job) => decision(job, { runs: [plannedRun(now + 5, { state: 'queued' })] })),
        { lead: 5 },
      );
      const [starts] = await Promise.all([
        Promise.all(runs.map((run) => node.start([run]))),
        Promise.all(ids.map((id) => otherStore.removeJob(id, () => undefined))),
      ]);
      const records = await store.listRuns({}, { after: null, limit: 100 });
      const started = runs.filter((_, index) => starts[index]?.started[0]);
      expect(
        records
          .filter((run) => run.state === 'running')
          .map((run) => run.jobUid)
          .sort(),
      ).toEqual(started.map((run) => run.jobUid).sort());
      expect(records.filter((run) => run.state === 'cancelled')).toHaveLength(50 - started.length);
    });

    it('strands no run that comes to wait while the one before it ends', async () => {
      const { store, otherStore, now } = world();
      const [one, two] = await twoNodes();
      const ids = Array.from({ length: 30 }, (_, index) => `job ${index}`);
      await store.addJobs(ids.map((id) => newJob(id, { nextFireAt: now })));
      const running = await one.claim(runNow);
      await Promise.all([
        ...running.map((run) => one.finish([run])),
        ...ids.map((id) =>
          otherStore.addRun(id, (job, at) =>
            plannedRun(at, { state: 'queued', behind: job.liveRuns === 0 ? null : 1 }),
          ),
        ),
      ]);
      expect((await two.take()).runs).toHaveLength(30);
    });

    it('gives an id to one of two who add it', async () => {
      const { store, otherStore } = world();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 ? store : otherStore).addJobs([newJob('wanted', { state: 'paused' })]),
        ),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      expect(await store.listJobs({}, { after: null, limit: 5 })).toHaveLength(1);
    });
  });
}
