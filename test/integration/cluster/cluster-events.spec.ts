import { afterEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../lib/triggers/index.js';
import { RealScheduler } from '../../support/cluster/real-scheduler.js';
import { until } from '../../support/cluster/until.js';

const MANY = 300;

describe('Events of all processes on one database', () => {
  const started: RealScheduler[] = [];

  afterEach(async () => {
    // The first made the database, and drops it.
    for (const real of started.splice(0).toReversed()) {
      await real.stop();
    }
  });

  async function start(
    handlers: Record<string, () => unknown>,
    url?: string,
  ): Promise<RealScheduler> {
    const real = await RealScheduler.start('postgres', {
      handlers,
      events: 'cluster',
      ...(url !== undefined && { url }),
    });
    started.push(real);
    return real;
  }

  it('reach each of them, with what is on record of the run', async () => {
    const worker = await start({ work: () => 'x'.repeat(20_000) });
    const watcher = await start({}, worker.url);
    const jobs = Array.from({ length: MANY }, (_, index) => ({
      id: `job-${index}`,
      handler: 'work',
      trigger: at(new Date()),
    }));
    await worker.test.scheduler.operations.addJobs(jobs);
    const executed = (real: RealScheduler) => real.test.ofType('job.executed');
    await until('all are executed', () => executed(worker).length === MANY);
    await until('the other has heard of all', () => executed(watcher).length === MANY);
    for (const type of ['job.submitted', 'job.started', 'job.executed'] as const) {
      expect(watcher.test.ofType(type).map(({ runId }) => runId)).toEqual(
        worker.test.ofType(type).map(({ runId }) => runId),
      );
    }
    expect(executed(watcher)).toEqual(executed(worker));
  });
});
