import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunOutcome } from '../../../lib/core/job-store.js';
import { newJob } from '../../contract/new-job.js';
import { decision, each, plannedRun, runNow } from '../../contract/plans.js';
import type { StoreNode } from '../../contract/store-node.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { OpenedStore } from './open-store.js';

describe('What Postgres refuses to hold', () => {
  let database: TestDatabase;
  let opened: OpenedStore;
  let node: StoreNode;

  beforeAll(async () => {
    database = await createDatabase();
    opened = await OpenedStore.open({ type: 'postgres', url: database.url });
    node = await opened.join();
  });

  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  beforeEach(async () => {
    for (const id of await opened.ids()) {
      await opened.store.removeJob(id, () => undefined);
    }
    opened.warnings.length = 0;
  });

  const addJobs = (count: number): Promise<unknown> =>
    opened.store.addJobs(
      Array.from({ length: count }, (_, index) => newJob(`job ${index}`, { nextFireAt: 1000 })),
    );

  it('fails only the run whose outcome it is, and says why', async () => {
    await addJobs(20);
    const runs = await node.claim(runNow);
    const outcomes: RunOutcome[] = runs.map(({ jobUid, scheduledAt, seq, claim, job }) => ({
      jobUid,
      scheduledAt,
      seq,
      claim,
      state: 'succeeded',
      startedAt: 1001,
      finishedAt: 1002,
      result: job.id === 'job 7' ? { text: 'a\u0000b' } : job.id === 'job 8' ? '\uD800' : 'fine',
      error: null,
      reason: null,
    }));
    const { recorded } = await opened.store.finish(node.id, outcomes);
    expect(recorded).toEqual(runs.map(() => true));
    const records = await opened.store.listRuns({}, { after: null, limit: 100 });
    const failed = records.filter((run) => run.state === 'failed');
    expect(failed.map((run) => run.jobId).sort()).toEqual(['job 7', 'job 8']);
    expect(failed[0]).toMatchObject({
      result: null,
      startedAt: 1001,
      reason: 'outcome-refused',
      error: {
        code: 'OUTCOME_REFUSED',
        message: expect.stringMatching(/^The run succeeded, but the database cannot hold/),
      },
    });
    expect(records.filter((run) => run.result === 'fine')).toHaveLength(18);
  });

  it('sets aside only the job whose fire it is, and says why', async () => {
    await addJobs(20);
    const odd = each((job) =>
      decision(job, {
        runs: [plannedRun(job.nextFireAt, { reason: job.id === 'job 7' ? 'a\u0000b' : null })],
        nextFireAt: job.nextFireAt + 1000,
      }),
    );
    const reply = await node.fire(odd, { lead: 0 });
    expect(reply.fired.map((fired) => fired.job.id).sort()).toEqual(
      (await opened.ids()).filter((id) => id !== 'job 7'),
    );
    const [parked] = await opened.store.listJobs({ ids: ['job 7'] }, { after: null, limit: 1 });
    expect(parked).toMatchObject({
      state: 'parked',
      nextFireAt: null,
      lastFireAt: null,
      fireCount: 0,
      version: 2,
      error: expect.stringContaining('0x00'),
    });
    expect(opened.warnings).toEqual([expect.stringMatching(/^The job with uid \d+ was parked/)]);
    const revived = await opened.store.editJob('job 7', () => ({
      state: 'active',
      nextFireAt: 1000,
      error: null,
    }));
    expect(revived).toMatchObject({ state: 'active', version: 3 });
  });
});
