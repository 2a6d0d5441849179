import { describe, expect, it } from '@jest/globals';
import { at } from '../../../../lib/index.js';
import { AppProcess } from '../../../support/cluster/app-process.js';
import { until } from '../../../support/cluster/until.js';
import { clusterWorld } from '../cluster-world.js';
import type { HazardSettings } from './hazard-settings.js';

const APP = new URL('./app.ts', import.meta.url);

describe('A handler that takes down whatever process executes it', () => {
  const world = clusterWorld();

  it('is given three, and not the fourth, which goes on with the other jobs', async () => {
    const settings: HazardSettings = { url: world.url, ttl: 2000 };
    const apps = await Promise.all(
      Array.from({ length: 4 }, () => AppProcess.start(APP, settings)),
    );
    await apps[0]?.scheduler.addJob({ id: 'deadly', handler: 'deadly', trigger: at(new Date()) });
    const survivors = (): AppProcess[] => apps.filter((app) => app.isRunning);
    await until('three processes are dead', () => survivors().length <= 1, { within: 40_000 });
    const [survivor] = survivors();
    const { runId } = (await survivor?.event(
      'job.abandoned',
      ({ jobId, reason }) => jobId === 'deadly' && reason === 'poisoned',
    )) ?? { runId: 'none' };

    expect(await survivor?.scheduler.getRun(runId)).toMatchObject({
      state: 'failed',
      attempt: 3,
      reason: 'poisoned',
      error: { code: 'POISONED' },
    });
    // Another process died with each attempt.
    const deaths = await world.ledger.entries('deadly');
    expect(deaths.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(deaths.map(({ pid }) => pid))).toEqual(
      new Set(apps.filter((app) => app !== survivor).map(({ pid }) => pid)),
    );

    const poisonedAt = Date.now();
    const ticks = async (): Promise<number[]> => {
      const entries = await world.ledger.entries('tick');
      return [...new Set(entries.map(({ scheduledAt }) => scheduledAt))].toSorted((a, b) => a - b);
    };
    await until(
      'the other job goes on',
      async () => (await ticks()).filter((instant) => instant > poisonedAt).length >= 3,
    );
    // It has missed no second, whoever died.
    const seen = await ticks();
    expect(seen).toEqual(seen.map((_, index) => (seen[0] ?? NaN) + 1000 * index));
    expect(survivor?.isRunning).toBe(true);
    expect(await world.ledger.entries('deadly')).toHaveLength(3);
  }, 90_000);
});
