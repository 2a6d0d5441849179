import { describe, expect, it } from '@jest/globals';
import { AppProcess } from '../../../support/cluster/app-process.js';
import { rowsOf } from '../../../support/cluster/rows.js';
import { until } from '../../../support/cluster/until.js';
import { clusterWorld } from '../cluster-world.js';
import type { HazardSettings } from './hazard-settings.js';

const APP = new URL('./app.ts', import.meta.url);

const JOBS = 40;

/** How long jobs may be held up by a process that froze with their rows in its hands. */
const MOST_DELAY_MS = 3000;

describe('A process that freezes between the lock and the commit of a fire', () => {
  const world = clusterWorld();

  /** Since when a transaction of the scheduler has done nothing, by the clock of the database. */
  async function frozenSince(): Promise<number | undefined> {
    const [row] = await rowsOf<{ since: number }>(
      world.url,
      `select extract(epoch from xact_start)::float8 * 1000 as since from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'
         and state_change < clock_timestamp() - interval '100 ms'`,
    );
    return row?.since;
  }

  async function lastStart(): Promise<number> {
    const [row] = await rowsOf<{ at: number }>(
      world.url,
      `select extract(epoch from max(r.started_at))::float8 * 1000 as at
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid where j.handler = 'work'`,
    );
    return row?.at ?? NaN;
  }

  // With the longer one it is still alive when it thaws; with the shorter one it was declared dead.
  it.each([10_000, 1500])(
    'keeps nobody from its jobs for long, and records nothing when it thaws (lease %i ms)',
    async (ttl) => {
      const settings: HazardSettings = { url: world.url, ttl };
      const [frozen, other] = await Promise.all([
        AppProcess.start(APP, settings),
        AppProcess.start(APP, settings),
      ]);
      // So that it is certain who fires them.
      await other.scheduler.pause();
      await frozen.call('freezeInNextPlan');
      const ids = Array.from({ length: JOBS }, (_, index) => `job-${10 + index}`);
      const runDate = new Date(Date.now() + 1000).toISOString();
      await other.scheduler.addJobs(
        ids.map((id) => ({
          id,
          handler: 'work',
          trigger: { type: 'freezing', version: 1, runDate },
        })),
      );

      const since = await until('the process is frozen', frozenSince);
      await other.scheduler.resume();
      const executed = (app: AppProcess) =>
        app.told('job.executed').filter(({ jobId }) => ids.includes(jobId));
      await until('its jobs have run elsewhere', () => executed(other).length >= JOBS);
      expect((await lastStart()) - since).toBeLessThanOrEqual(MOST_DELAY_MS);

      const declaredDead = async (): Promise<boolean> => {
        const rows = await rowsOf<{ state: string }>(
          world.url,
          'select state::text from scheduler.node where pid = $1',
          [frozen.pid],
        );
        return rows.every(({ state }) => state !== 'alive');
      };
      if (ttl < MOST_DELAY_MS) {
        await until('the process is taken for dead', declaredDead);
      }
      process.kill(frozen.pid, 'SIGCONT');
      // It works on, and what it had in hand is not on its mind any more.
      await other.scheduler.pause();
      await frozen.scheduler.addJob({
        id: 'afterwards',
        handler: 'work',
        trigger: { type: 'date', version: 1, runDate: new Date().toISOString() },
      });
      await frozen.event('job.executed', ({ jobId }) => jobId === 'afterwards');

      expect(executed(frozen)).toEqual([]);
      const entries = (await world.ledger.entries()).filter(({ jobId }) => ids.includes(jobId));
      expect(entries.map(({ jobId }) => jobId).toSorted()).toEqual(ids);
      expect(new Set(entries.map(({ pid }) => pid))).toEqual(new Set([other.pid]));
      const runs = (await world.runs()).filter(({ id }) => ids.includes(id));
      expect(runs.map(({ id }) => id)).toEqual(ids);
      expect(runs.filter(({ state, attempt }) => state !== 'succeeded' || attempt !== 1)).toEqual(
        [],
      );
      expect(frozen.output).not.toMatch(/on record already/);
    },
    60_000,
  );
});
