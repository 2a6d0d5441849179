import { describe, expect, it } from '@jest/globals';
import { newJob } from './new-job.js';
import { runAhead, runEvery, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

export function describeFinishing(world: () => StoreWorld): void {
  describe('when runs finish', () => {
    it('records the outcome', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(['good', 'bad'].map((id) => newJob(id, { nextFireAt: now })));
      const runs = await node.claim(runNow);
      const [good, bad] = ['good', 'bad'].map((id) => runs.filter((run) => run.job.id === id));
      const times = { startedAt: now + 3, finishedAt: now + 9 };
      expect(await node.finish(good ?? [], { ...times, result: { sum: 3 } })).toEqual({
        now,
        recorded: [true],
        nextReadyAt: null,
      });
      const error = {
        name: 'TypeError',
        message: 'no "such" \\ thing',
        stack: 'at\n  line',
        code: 'E1',
        cause: { name: 'Error', message: 'below' },
      };
      await node.finish(bad ?? [], { ...times, state: 'failed', error, reason: 'why' });
      const records = await store.listRuns({}, { after: null, limit: 10 });
      expect(records.find((run) => run.jobId === 'good')).toMatchObject({
        ...times,
        state: 'succeeded',
        result: { sum: 3 },
        error: null,
        attempt: 1,
        nodeId: node.id,
      });
      expect(records.find((run) => run.jobId === 'bad')).toMatchObject({
        ...times,
        state: 'failed',
        result: null,
        error,
        reason: 'why',
      });
    });

    it('records outcomes in any order, and tells for each whether it did', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs(
        ['c', 'a', 'b', 'd'].map((id, index) => newJob(id, { nextFireAt: now - index })),
      );
      const runs = (await node.claim(runNow)).toReversed();
      const stale = runs.map((run, index) =>
        index === 2 ? { ...run, claim: run.claim + 99 } : run,
      );
      expect((await node.finish(stale)).recorded).toEqual([true, true, false, true]);
    });

    it('refuses the outcome of a claim that was superseded', async () => {
      const { store, now } = world();
      const [one, two] = [await world().join('first'), await world().join('second')];
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const old = await one.claim(runNow);
      await one.release(old);
      const { runs } = await two.take();
      expect((await one.finish(old, { result: 'old' })).recorded).toEqual([false]);
      expect((await one.finish(runs, { result: 'stolen' })).recorded).toEqual([false]);
      expect((await two.finish(runs, { result: 'new' })).recorded).toEqual([true]);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({ result: 'new' });
    });

    it('records an outcome once, however often it is told', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now })]);
      const runs = await node.claim(runNow);
      await node.finish(runs, { result: 'first' });
      await node.finish(runs, { state: 'failed', result: 'second' });
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({
        state: 'succeeded',
        result: 'first',
      });
    });

    it('cancels a run that is held but has not begun, and finishes it in no other way', async () => {
      const { store, now } = world();
      const node = await world().join();
      await store.addJobs([newJob('job', { nextFireAt: now + 10 })]);
      const runs = await node.claim(runAhead, { lead: 10 });
      const cancelled = { state: 'cancelled', reason: 'asked to' } as const;
      expect((await node.finish(runs, cancelled)).recorded).toEqual([true]);
      expect(runs[0] && (await store.getRun(runs[0]))).toMatchObject({ ...cancelled, attempt: 0 });
      expect((await node.start(runs)).started).toEqual([false]);
    });

    it('records the outcome of a job that was paused, edited or removed meanwhile', async () => {
      const { store, now } = world();
      const node = await world().join();
      const ids = ['edited', 'paused', 'removed'];
      await store.addJobs(ids.map((id) => newJob(id, { nextFireAt: now })));
      const runs = await node.claim(runEvery(1000));
      await store.editJob('edited', () => ({ handler: 'elsewhere' }));
      await store.editJob('paused', () => ({ state: 'paused', nextFireAt: null }));
      await store.removeJob('removed', () => undefined);
      expect((await node.finish(runs)).recorded).toEqual([true, true, true]);
      const records = await store.listRuns({}, { after: null, limit: 10 });
      const states = new Map(records.map((run) => [run.jobId, run.state]));
      expect(states).toEqual(new Map(ids.map((id) => [id, 'succeeded'])));
    });

    it('takes nothing to finish, too', async () => {
      const node = await world().join();
      expect(await node.finish([])).toMatchObject({ recorded: [], nextReadyAt: null });
      expect(await node.start([])).toMatchObject({ started: [] });
      await node.release([]);
    });
  });
}
