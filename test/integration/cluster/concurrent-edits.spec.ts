import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { interval } from '../../../lib/index.js';
import type { AppProcess } from '../../support/cluster/app-process.js';
import { insist } from '../../support/cluster/insist.js';
import { until } from '../../support/cluster/until.js';
import { clusterWorld } from './cluster-world.js';

const JOBS = ['job-1', 'job-2', 'job-3', 'job-4'];
const ROUNDS = 25;

type EditedJob = Awaited<ReturnType<AppProcess['scheduler']['modifyJob']>>;

/** What edits change, each something else. */
type Part = 'name' | 'metadata' | 'trigger' | 'state';
const PARTS: readonly Part[] = ['name', 'metadata', 'trigger', 'state'];

interface Edit {
  readonly part: Part;
  readonly job: EditedJob;
}

describe('Three applications that edit the same jobs while these fire', () => {
  const world = clusterWorld();

  /** One of each sort, one after the other, so that the applications are never in step. */
  async function edit({ scheduler }: AppProcess, id: string, round: number): Promise<Edit> {
    const part = PARTS[round % PARTS.length] ?? 'name';
    const text = randomUUID();
    const edits: Readonly<Record<Part, () => Promise<EditedJob>>> = {
      name: () => scheduler.modifyJob(id, { name: text }),
      metadata: () => scheduler.modifyJob(id, { metadata: { text } }),
      trigger: () => scheduler.rescheduleJob(id, interval(40 + round)),
      state: () => (round % 8 < 4 ? scheduler.pauseJob(id) : scheduler.resumeJob(id)),
    };
    return { part, job: await insist(`the ${part} is edited`, edits[part]) };
  }

  it('lose none of the edits, and fire no instant twice', async () => {
    const apps = await Promise.all([
      world.start('Common'),
      world.start('Common'),
      world.start('Common'),
    ]);
    const added = await apps[0].scheduler.addJobs(
      JOBS.map((id) => ({ id, handler: 'work', trigger: interval(50) })),
    );
    await until('all fire', () => apps.flatMap((app) => app.told('job.executed')).length > 20);
    const edits = await Promise.all(
      apps.flatMap((app, index) =>
        JOBS.map(async (id) => {
          const made: Edit[] = [];
          for (let round = index; round < index + ROUNDS; round += 1) {
            made.push(await edit(app, id, round));
          }
          return made;
        }),
      ),
    );
    const left = await apps[1].scheduler.getJobs();
    await Promise.all(apps.map((app) => app.stop()));

    for (const first of added) {
      const made = edits.flat().filter(({ job }) => job.id === first.id);
      const [states, others] = [true, false].map((isState) =>
        made.filter(({ part }) => (part === 'state') === isState),
      ) as [Edit[], Edit[]];
      expect(new Set(others.map(({ job }) => job.version)).size).toBe(others.length);
      // To pause what is paused is no edit: it gives the job as another one left it.
      const byVersion = new Map([...states, ...others].map((one) => [one.job.version, one]));
      byVersion.delete(first.version);
      const chain = [...byVersion.values()].toSorted((a, b) => a.job.version - b.job.version);
      expect(chain.map(({ job }) => job.version)).toEqual(chain.map((_, index) => index + 2));
      // Each is made of what the one before left, and changes nothing but its part.
      chain.forEach((one, index) => {
        const before = chain[index - 1]?.job ?? first;
        for (const part of PARTS.filter((other) => other !== one.part)) {
          expect(one.job[part]).toEqual(before[part]);
        }
      });
      const { name, metadata, trigger, state, version } = chain.at(-1)?.job ?? first;
      expect(left.items.find(({ id }) => id === first.id)).toMatchObject({
        name,
        metadata,
        trigger,
        state,
        version,
      });
    }
    const entries = await world.ledger.entries();
    const instants = entries.map(({ jobId, scheduledAt }) => `${jobId} ${scheduledAt}`);
    expect(new Set(instants).size).toBe(instants.length);
    const runs = await world.runs();
    expect(
      runs.filter(({ attempt }) => attempt > 0).every(({ state }) => state === 'succeeded'),
    ).toBe(true);
    expect(runs.filter(({ attempt }) => attempt > 0)).toHaveLength(entries.length);
  }, 60_000);
});
