import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../lib/core/json.js';
import type { ClaimedRun } from '../../lib/core/run.js';
import { newJob } from './new-job.js';
import { decision, each, plannedRun, runEvery, runNow } from './plans.js';
import type { StoreWorld } from './store-world.js';

const SHAPES: readonly (readonly [string, readonly JsonValue[]])[] = [
  ['nothing', []],
  ['scalars', [null, true, false, 0, -1, 0.1, 1e21, 5e-324, 1.7976931348623157e308, '']],
  ['lists in lists', [[[[]]], [[1], [2, [3]]]]],
  ['objects', [{}, { a: { b: [{ c: null }] }, '': 1, __proto: 2 }]],
  ['signs that mean something elsewhere', [`"'\\{}[],:;$1 %s NULL \n\r\t`, { 'k"\\,{': '{"}' }]],
  ['scripts and planes', ['Grüße', '日本語', 'שלום', '👩‍👩‍👧‍👦', '\u{10FFFF}', '\u0001\u001F\u007F']],
  ['a long text', ['x'.repeat(100_000)]],
];

export function describeKeeping(world: () => StoreWorld): void {
  describe('what it keeps', () => {
    it.each(SHAPES)('comes back unchanged: arguments of %s', async (name, args) => {
      const { store, now } = world();
      const node = await world().join();
      const [added] = await store.addJobs([newJob('kept', { args, nextFireAt: now })]);
      expect(added?.args).toEqual(args);
      const [read] = await store.listJobs({}, { after: null, limit: 1 });
      expect(read?.args).toEqual(args);
      const [run] = await node.claim(runNow);
      expect(run?.job.args).toEqual(args);
      await node.finish(run ? [run] : [], { result: [...args] });
      expect(run && (await store.getRun(run))?.result).toEqual(args);
    });

    it('is each run’s own, and of the job as it is then', async () => {
      const { store, now } = world();
      const node = await world().join();
      const runOf = async (): Promise<ClaimedRun> => {
        const [run] = await node.claim(runEvery(1000), { lead: 60_000 });
        expect(run).toBeDefined();
        return run as ClaimedRun;
      };
      // Of a recurring job: a store may remember what it has read of it.
      const trigger = { type: 'interval', version: 1, seconds: 1 };
      await store.addJobs([newJob('job', { trigger, args: [{ to: 'me' }], nextFireAt: now })]);
      const first = await runOf();
      (first.job.args[0] as { to: string }).to = 'nobody';
      const second = await runOf();
      expect(second.job.args).toEqual([{ to: 'me' }]);
      await node.finish([first, second]);
      await store.editJob('job', () => ({ args: [{ to: 'you' }] }));
      const third = await runOf();
      expect(third.job.args).toEqual([{ to: 'you' }]);
    });

    it('comes back unchanged: every field of a job', async () => {
      const { store, otherStore, now } = world();
      const job = newJob(`quoted "id" 'of' \\ {a, job} 🎉`, {
        name: 'Näme, "quoted"',
        handler: 'b',
        executor: 'other, {one}',
        trigger: { type: 'cron', version: 3, hour: '*/2', deep: { list: [1, null] } },
        priority: 3,
        coalesce: 'all',
        overlap: 'queue',
        maxInstances: 7,
        misfireGraceTime: 3_155_760_000_000,
        maxCatchUp: 1,
        recovery: 'fail',
        tags: ['', 'NULL', 'a,b', '"q"', '{x}', '\\'],
        metadata: { owner: { name: 'O"Hara' } },
        origin: 'code',
        fingerprint: 'abc',
        nextFireAt: now + 5,
        lastFireAt: now - 5,
        fireCount: 5_000_000_000,
      });
      const [added] = await store.addJobs([job]);
      expect(added).toMatchObject(job);
      expect(await otherStore.listJobs({ ids: [job.id] }, { after: null, limit: 2 })).toEqual([
        added,
      ]);
    });

    it('comes back unchanged: instants to the millisecond, from long ago to the year 9999', async () => {
      const { store } = world();
      const node = await world().join();
      const instants = [
        '1901-02-03T04:05:06.007Z',
        '1969-12-31T23:59:59.999Z',
        '1970-01-01T00:00:00.000Z',
        '2026-03-29T01:00:00.001Z',
        '9999-12-31T23:59:59.999Z',
      ].map((text) => Date.parse(text));
      await store.addJobs(
        instants.map((nextFireAt, index) =>
          newJob(`job ${index}`, { nextFireAt, lastFireAt: nextFireAt - 1 }),
        ),
      );
      const jobs = await store.listJobs({}, { after: null, limit: 10 });
      expect(jobs.map((job) => job.nextFireAt)).toEqual(instants);
      expect(jobs.map((job) => job.lastFireAt)).toEqual(instants.map((instant) => instant - 1));
      await node.fire(runNow, { lead: 3e14 });
      for (const [index, job] of jobs.entries()) {
        const scheduledAt = instants[index] ?? 0;
        const run = await store.getRun({ jobUid: job.uid, scheduledAt, seq: 0 });
        expect(run).toMatchObject({ scheduledAt, startAt: scheduledAt });
      }
    });

    it('comes back unchanged: what a fire says of an instant', async () => {
      const { store, now } = world();
      const node = await world().join();
      const [job] = await store.addJobs([newJob('job', { nextFireAt: now - 5000 })]);
      await node.fire(
        each((due) =>
          decision(due, {
            runs: [
              plannedRun(now - 5000, {
                state: 'missed',
                until: now - 3001,
                count: 3,
                reason: 'grace, "past"',
              }),
              plannedRun(now - 2000, { startAt: now - 1500 }),
            ],
            lastFireAt: now - 2000,
          }),
        ),
      );
      const runs = await store.listRuns({}, { after: null, limit: 10 });
      expect(runs).toMatchObject([
        { state: 'running', scheduledAt: now - 2000, startAt: now - 1500, startedAt: now },
        {
          jobUid: job?.uid,
          jobId: 'job',
          state: 'missed',
          scheduledAt: now - 5000,
          until: now - 3001,
          count: 3,
          reason: 'grace, "past"',
          finishedAt: now,
          startedAt: null,
          attempt: 0,
          nodeId: null,
        },
      ]);
    });
  });
}
