import { describe, expect, it } from '@jest/globals';
import { cron } from '../../../lib/index.js';
import { until } from '../../support/cluster/until.js';
import { clusterWorld } from './cluster-world.js';
import { NOTHING_LEFT_OUT } from './cluster-settings.js';

const JOBS = 20;
const SECONDS = 20;

describe('Two applications on one database', () => {
  const world = clusterWorld();

  it('fire each instant of 20 jobs a second exactly once, and share the work', async () => {
    // Both at once, on an empty database: both make the tables, and declare the same job.
    const apps = await Promise.all([world.start('A', 'Common'), world.start('A', 'Common')]);
    const ids = Array.from({ length: JOBS }, (_, index) => `job-${String(index).padStart(2, '0')}`);
    await apps[0].scheduler.addJobs(
      ids.map((id) => ({ id, handler: 'work', trigger: cron('* * * * * *'), ...NOTHING_LEFT_OUT })),
    );

    await until(
      'all seconds, and work for both',
      async () => {
        const entries = await world.ledger.entries();
        // The declared job began earlier than those that were added.
        const added = entries.filter(({ jobId }) => jobId === ids[0]);
        return added.length > SECONDS && new Set(entries.map(({ pid }) => pid)).size === 2;
      },
      { within: (SECONDS + 15) * 1000 },
    );
    expect(apps.map((app) => app.isRunning)).toEqual([true, true]);
    const exits = await Promise.all(apps.map((app) => app.stop()));

    const entries = await world.ledger.entries();
    const runs = await world.runs();
    for (const id of [...ids, 'a.declared']) {
      const instants = entries
        .filter((entry) => entry.jobId === id)
        .map((entry) => entry.scheduledAt)
        .toSorted((one, other) => one - other);
      const first = instants[0] ?? NaN;
      const last = instants.at(-1) ?? NaN;
      expect(instants.length).toBeGreaterThanOrEqual(SECONDS);
      // One for each second from the first to the last: none twice, none left out.
      expect(instants).toEqual(
        Array.from({ length: (last - first) / 1000 + 1 }, (_, index) => first + 1000 * index),
      );
      // What was given back in the end, before its instant, is there for the next process.
      const begun = runs.filter((run) => run.id === id && run.attempt > 0);
      expect(begun.map((run) => run.scheduledAt)).toEqual(instants);
      expect(
        begun.every(
          ({ state, attempt, seq }) => state === 'succeeded' && attempt === 1 && seq === 0,
        ),
      ).toBe(true);
      expect(
        runs.filter((run) => run.id === id && ['missed', 'skipped'].includes(run.state)),
      ).toEqual([]);
    }
    expect(runs.some(({ state }) => state === 'running')).toBe(false);
    const shares = apps.map((app) => entries.filter(({ pid }) => pid === app.pid).length);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(exits.map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGTERM']);
  }, 90_000);
});
