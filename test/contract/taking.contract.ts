import type { JobStore } from '../../lib/core/job-store.js';
import { describe, expect, it } from '@jest/globals';
import { newJob } from './new-job.js';
import { decision, each, plannedRun, runAhead, runNow } from './plans.js';
import type { StoreNode } from './store-node.js';
import type { StoreWorld } from './store-world.js';

export function describeTaking(world: () => StoreWorld): void {
  /** A run that nobody holds, that may begin `delay` from now. */
  const addReady = async (id: string, delay = 0): Promise<void> => {
    const { store } = world();
    await store.addJobs([newJob(id)]);
    await store.addRun(id, (_job, now) =>
      plannedRun(now, { state: 'queued', startAt: now + delay }),
    );
  };

  const claimAhead = async (node: StoreNode) => {
    const { store, now } = world();
    await store.addJobs([newJob('ahead', { nextFireAt: now + 100 })]);
    return node.claim(runAhead, { lead: 100 });
  };

  describe('when a node takes runs that nobody holds', () => {
    it('gives them once, running if their start has come and queued if it has not', async () => {
      const { now } = world();
      const [one, two] = [await world().join('first'), await world().join('second')];
      await addReady('now');
      await addReady('soon', 100);
      await addReady('later', 101);
      const { runs } = await one.take({ lead: 100 });
      expect(runs.toSorted((a, b) => a.startAt - b.startAt)).toMatchObject([
        { state: 'running', attempt: 1, seq: 1, job: { id: 'now', handler: 'a', args: [] } },
        { state: 'queued', attempt: 1, startAt: now + 100, job: { id: 'soon' } },
      ]);
      expect((await two.take({ lead: 100 })).runs).toEqual([]);
      expect(await two.fire(runNow)).toMatchObject({ nextReadyAt: now + 101 });
    });

    it('takes only what the node has the handler and the executor for, within the limit', async () => {
      const node = await world().join();
      await addReady('x');
      await addReady('y');
      expect((await node.take({ handlers: ['b'] })).runs).toEqual([]);
      expect((await node.take({ executors: ['other'] })).runs).toEqual([]);
      expect((await node.take({ limit: 0 })).runs).toEqual([]);
      expect((await node.take({ limit: 1 })).runs).toHaveLength(1);
      expect((await node.take({ limit: 5 })).runs).toHaveLength(1);
    });

    it('serves higher priorities first, and each level some', async () => {
      const { store } = world();
      const node = await world().join();
      const levels = [0, 1, 2, 3] as const;
      const jobs = levels.flatMap((priority) =>
        Array.from({ length: 6 }, (_, index) => newJob(`${priority}/${index}`, { priority })),
      );
      await store.addJobs(jobs);
      for (const { id } of jobs) {
        await store.addRun(id, (_job, now) => plannedRun(now, { state: 'queued' }));
      }
      const { runs } = await node.take({ limit: 8 });
      const counts = levels.map(
        (level) => runs.filter((run) => run.job.id.startsWith(`${level}/`)).length,
      );
      expect(runs).toHaveLength(8);
      expect(Math.min(...counts)).toBeGreaterThan(0);
      expect(Math.max(...counts)).toBe(counts[3]);
    });

    it('finds a run by what its job needs now, not by what it needed once', async () => {
      const { store } = world();
      const node = await world().join();
      await addReady('moved');
      await store.editJob('moved', () => ({ handler: 'c', executor: 'elsewhere', args: ['new'] }));
      expect((await node.take()).runs).toEqual([]);
      const { runs } = await node.take({ handlers: ['c'], executors: ['elsewhere'] });
      expect(runs).toMatchObject([{ job: { handler: 'c', args: ['new'] } }]);
    });
  });

  describe('when claimed runs start', () => {
    it('turns them running, and counts the attempt', async () => {
      const { store } = world();
      const node = await world().join();
      const runs = await claimAhead(node);
      expect(runs).toMatchObject([{ state: 'queued', attempt: 1 }]);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({
        state: 'queued',
        attempt: 0,
        nodeId: node.id,
        startedAt: null,
      });
      await world().advance(100);
      expect((await node.start(runs)).started).toEqual([true]);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({
        state: 'running',
        attempt: 1,
        startedAt: world().now,
      });
    });

    it('says the same again when it is asked again', async () => {
      const { store } = world();
      const node = await world().join();
      const runs = await claimAhead(node);
      await node.start(runs);
      await world().advance(1);
      expect((await node.start(runs)).started).toEqual([true]);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({
        attempt: 1,
        startedAt: world().now - 1,
      });
    });

    it('starts none whose claim was superseded, and tells which', async () => {
      const [one, two] = [await world().join('first'), await world().join('second')];
      const runs = await claimAhead(one);
      await one.release(runs);
      const taken = (await two.take({ lead: 100 })).runs;
      expect(taken[0]?.claim).toBeGreaterThan(runs[0]?.claim ?? Infinity);
      expect((await one.start([...runs, ...taken])).started).toEqual([false, false]);
      expect((await two.start([...runs, ...taken])).started).toEqual([false, true]);
    });

    it('starts none of a job that was removed or edited meanwhile', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(
        ['removed', 'edited', 'left'].map((id) => newJob(id, { nextFireAt: now + 50 })),
      );
      const runs = await node.claim(runAhead, { lead: 50 });
      await store.removeJob('removed', () => undefined);
      await store.editJob('edited', () => ({ name: 'new' }));
      const started = (await node.start(runs)).started;
      expect(runs.filter((_, index) => started[index]).map((run) => run.job.id)).toEqual(['left']);
    });
  });

  describe('when runs are given back', () => {
    it('undoes the claim as if there had been none', async () => {
      const { store, now } = world();
      const [one, two] = [await world().join('first'), await world().join('second')];
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const runs = await one.claim(runNow);
      await one.release(runs);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({
        state: 'queued',
        attempt: 0,
        recoveries: 0,
        nodeId: null,
        startedAt: null,
        startAt: now,
      });
      expect((await two.take()).runs).toMatchObject([{ attempt: 1, state: 'running' }]);
    });

    it('leaves alone what the node does not hold', async () => {
      const { store, now } = world();
      const [one, two] = [await world().join('first'), await world().join('second')];
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const runs = await one.claim(runNow);
      await two.release(runs);
      await one.finish(runs);
      await one.release(runs);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({ state: 'succeeded' });
    });
  });

  describe.each(['release', 'disown'] as const)('when runs are given back by %s', (way) => {
    async function edited(edit: (store: JobStore) => Promise<unknown>) {
      const { store, now } = world();
      const [one, two] = [await world().join('first'), await world().join('second')];
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const [run] = await one.claim(runNow);
      await edit(store);
      await (way === 'release' ? one.release(run ? [run] : []) : store.disown(one.id, []));
      return { store, two, run, taken: (await two.take()).runs };
    }

    it('calls off those of a job that was removed meanwhile', async () => {
      const { store, run, taken } = await edited((shared) =>
        shared.removeJob('job', () => undefined),
      );
      expect(taken).toEqual([]);
      expect(run && (await store.getRun(run))).toMatchObject({
        state: 'cancelled',
        reason: 'job-removed',
        attempt: 0,
      });
    });

    it('keeps those of a job that was paused meanwhile until it is resumed', async () => {
      const { store, two, run, taken } = await edited((shared) =>
        shared.editJob('job', () => ({ state: 'paused', nextFireAt: null })),
      );
      expect(taken).toEqual([]);
      expect(run && (await store.getRun(run))).toMatchObject({ state: 'queued', attempt: 0 });
      await store.editJob('job', (_job, now) => ({ state: 'active', nextFireAt: now + 60_000 }));
      expect((await two.take()).runs).toMatchObject([{ attempt: 1 }]);
    });
  });

  describe('when a node tells what it holds', () => {
    it('gives back the claims that it does not know of, as if there had been none', async () => {
      const { store, now } = world();
      const [one, two] = [await world().join('first'), await world().join('second')];
      await store.addJobs([
        newJob('known', { nextFireAt: now }),
        newJob('lost', { nextFireAt: now }),
        newJob('lost ahead', { nextFireAt: now + 10 }),
      ]);
      const runs = await one.claim(
        each((job) =>
          decision(job, {
            runs: [
              plannedRun(job.nextFireAt, { state: job.nextFireAt > now ? 'queued' : 'running' }),
            ],
          }),
        ),
        { lead: 10 },
      );
      await store.addJobs([newJob('of another', { nextFireAt: now })]);
      const others = await two.claim(runNow);
      const known = runs.filter((run) => run.job.id === 'known');
      await store.disown(one.id, known);
      const { runs: taken } = await two.take({ lead: 10 });
      expect(taken.map((run) => `${run.job.id}: ${run.state} ${run.attempt}`).sort()).toEqual([
        'lost ahead: queued 1',
        'lost: running 1',
      ]);
      expect((await one.finish(known)).recorded).toEqual([true]);
      expect((await two.finish(others)).recorded).toEqual([true]);
    });

    it('gives back all of it when it holds nothing', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      await node.fire(runNow);
      await store.disown(node.id, []);
      expect((await node.take()).runs).toHaveLength(1);
    });
  });
}
