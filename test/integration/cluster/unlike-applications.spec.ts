import { describe, expect, it } from '@jest/globals';
import { cron } from '../../../lib/index.js';
import { until } from '../../support/cluster/until.js';
import { clusterWorld } from './cluster-world.js';
import { NOTHING_LEFT_OUT } from './cluster-settings.js';

const EVERY_SECOND = { trigger: cron('* * * * * *'), ...NOTHING_LEFT_OUT };

describe('Applications on one database that have different handlers', () => {
  const world = clusterWorld();

  async function seconds(jobId: string, more: number): Promise<void> {
    const before = (await world.ledger.entries(jobId)).length;
    await until(
      `runs of ${jobId}`,
      async () => (await world.ledger.entries(jobId)).length >= before + more,
    );
  }

  /** The instants at which a job really ran. */
  async function instants(jobId: string): Promise<number[]> {
    return (await world.ledger.entries(jobId)).map((entry) => entry.scheduledAt);
  }

  function isUnbroken(seen: readonly number[]): boolean {
    return seen.every((instant, index) => index === 0 || instant === (seen[index - 1] ?? 0) + 1000);
  }

  it('each fire only jobs of their own', async () => {
    const [a, b] = await Promise.all([world.start('A'), world.start('B')]);
    await a.scheduler.addJob({ id: 'a.added', handler: 'a.work', ...EVERY_SECOND });
    await b.scheduler.addJob({ id: 'b.added', handler: 'b.work', ...EVERY_SECOND });

    await Promise.all(
      ['a.declared', 'a.added', 'b.declared', 'b.added'].map((id) => seconds(id, 5)),
    );

    const entries = await world.ledger.entries();
    const pids = (prefix: string) =>
      new Set(entries.filter(({ jobId }) => jobId.startsWith(prefix)).map(({ pid }) => pid));
    expect(pids('a.')).toEqual(new Set([a.pid]));
    expect(pids('b.')).toEqual(new Set([b.pid]));
    for (const id of ['a.declared', 'a.added', 'b.declared', 'b.added']) {
      expect(isUnbroken(await instants(id))).toBe(true);
    }
    expect([...a.told('job.error'), ...b.told('job.error')]).toEqual([]);
    // Whoever asks sees all of them.
    expect((await a.scheduler.getJobs()).items.map(({ id, state }) => [id, state])).toEqual([
      ['a.added', 'active'],
      ['a.declared', 'active'],
      ['b.added', 'active'],
      ['b.declared', 'active'],
    ]);
  }, 60_000);

  it('keep the jobs of a handler that is gone, and fire the others as ever', async () => {
    const before = await world.start('A', 'Common');
    await before.scheduler.addJob({ id: 'a.added', handler: 'a.work', ...EVERY_SECOND });
    await before.scheduler.addJob({ id: 'common', handler: 'work', ...EVERY_SECOND });
    await Promise.all(['a.declared', 'a.added', 'common'].map((id) => seconds(id, 1)));
    await before.stop();

    const after = await world.start('Common');
    const left = await instants('a.added');
    await seconds('common', 4);

    for (const id of ['a.declared', 'a.added']) {
      const job = await after.scheduler.getJob(id);
      expect(job).toMatchObject({ id, version: 1 });
      // Active and overdue until somebody sets it aside for good.
      expect(['active', 'parked']).toContain(job?.state);
    }
    expect(await instants('a.added')).toEqual(left);
    expect(isUnbroken((await instants('common')).slice(-4))).toBe(true);
    expect(
      after
        .told('job.error', 'job.missed', 'job.abandoned')
        .filter(({ jobId }) => jobId !== 'common'),
    ).toEqual([]);
    const next = (await after.scheduler.getJob('common'))?.nextFireAt?.getTime() ?? 0;
    expect(next).toBeGreaterThan(left.at(-1) ?? Infinity);

    // Somebody who knows them goes on with them.
    await after.stop();
    await world.start('A', 'Common');
    await Promise.all(['a.declared', 'a.added'].map((id) => seconds(id, 2)));
  }, 60_000);
});
