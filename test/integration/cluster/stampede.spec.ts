import { describe, expect, it } from '@jest/globals';
import { at } from '../../../lib/index.js';
import type { AppProcess } from '../../support/cluster/app-process.js';
import { until } from '../../support/cluster/until.js';
import { clusterWorld } from './cluster-world.js';

const NODES = 8;
const JOBS = 10_000;

/** Long enough for all of them to be stored before. */
const AHEAD_MS = 6000;

describe('Eight applications on one database', () => {
  const world = clusterWorld();

  it('run 10,000 jobs that are due in one millisecond, each once, and leave nothing behind', async () => {
    const apps: AppProcess[] = [];
    while (apps.length < NODES) {
      // Not all at once: a machine with few cores is busy with each.
      apps.push(...(await Promise.all([world.start('Common'), world.start('Common')])));
    }
    const instant = new Date(Date.now() + AHEAD_MS);
    const ids = Array.from({ length: JOBS }, (_, index) => `job-${String(index).padStart(5, '0')}`);
    await apps[0]?.scheduler.addJobs(
      ids.map((id) => ({ id, handler: 'work', trigger: at(instant) })),
    );
    const executed = (): number[] => apps.map((app) => app.told('job.executed').length);
    await until('all runs', () => executed().reduce((sum, count) => sum + count, 0) >= JOBS, {
      within: 60_000,
    });
    await Promise.all(apps.map((app) => app.stop()));

    // What the handlers did, by their own account.
    const entries = await world.ledger.entries();
    expect(entries.map(({ jobId }) => jobId).toSorted()).toEqual(ids);
    expect(new Set(entries.map(({ scheduledAt }) => scheduledAt))).toEqual(
      new Set([instant.getTime()]),
    );
    expect(entries.filter(({ attempt }) => attempt !== 1)).toEqual([]);
    // What is on record of it.
    const runs = await world.runs();
    expect(runs.map(({ id }) => id)).toEqual(ids);
    expect(
      runs.filter(
        ({ state, attempt, seq, count }) =>
          state !== 'succeeded' || attempt !== 1 || seq !== 0 || count !== 1,
      ),
    ).toEqual([]);
    expect(new Set(runs.map(({ scheduledAt }) => scheduledAt))).toEqual(
      new Set([instant.getTime()]),
    );
    // They competed.
    const shares = apps.map((app) => entries.filter(({ pid }) => pid === app.pid).length);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(apps.flatMap((app) => app.told('job.error', 'job.abandoned', 'job.missed'))).toEqual([]);
  }, 180_000);
});
