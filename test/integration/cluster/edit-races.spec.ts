import { describe, expect, it } from '@jest/globals';
import { at } from '../../../lib/index.js';
import type { AppProcess } from '../../support/cluster/app-process.js';
import { insist } from '../../support/cluster/insist.js';
import { moment } from '../../support/cluster/moment.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';
import { clusterWorld } from './cluster-world.js';
import { watchWrites, writesOf } from './write-watch.js';

const KINDS = ['modify', 'pause', 'reschedule', 'remove'] as const;
const ROUNDS = 60;
const APART_MS = 15;
/** By then all jobs are stored. */
const AHEAD_MS = 2500;
const PUT_OFF_MS = 2500;

/** How far from the instant a job is edited: while it is claimed, when it is turned running, and when it runs. */
const WINDOWS = [
  [-230, -20],
  [-22, 0],
  [0, 30],
] as const;

interface Subject {
  readonly id: string;
  readonly kind: (typeof KINDS)[number];
  readonly instant: number;
  readonly editAt: number;
}

/** A subject after its edit: the rest is what the edit gave back, and `null` for a removal. */
interface Edited extends Subject {
  readonly state: string | null;
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

/** What became of a job: how the edit left it, the order of its starts and edits, and what its handler did. */
type Story = string;

/** The stories that there may be, by who came first: the edit or the start. */
const STORIES: Readonly<Record<Subject['kind'], readonly Story[]>> = {
  modify: ['active 2: edit, start +0; new +0', 'finished 2: start +0, edit; old +0'],
  pause: ['paused 2: edit;', 'finished 1: start +0; old +0'],
  reschedule: [
    `active 2: edit, start +${PUT_OFF_MS}; old +${PUT_OFF_MS}`,
    `active 2: start +0, edit, start +${PUT_OFF_MS}; old +0, old +${PUT_OFF_MS}`,
  ],
  remove: ['gone: edit;', 'gone: start +0, edit; old +0'],
};

/** An edit after the instant takes nothing back, though it may come before the start, which is then as it says. */
const BELATED: Readonly<Partial<Record<Subject['kind'], Story>>> = {
  modify: 'finished 2: edit, start +0; new +0',
  reschedule: `active 2: edit, start +0, start +${PUT_OFF_MS}; old +0, old +${PUT_OFF_MS}`,
};

function isTold({ kind, instant, updatedAt }: Edited, story: Story): boolean {
  const isBelated = (updatedAt?.getTime() ?? 0) >= instant && story === BELATED[kind];
  return isBelated || STORIES[kind].includes(story);
}

describe('Three applications, one of which edits what another is about to run,', () => {
  const world = clusterWorld();

  function subjects(): Subject[] {
    const first = Date.now() + AHEAD_MS;
    return Array.from({ length: KINDS.length * ROUNDS }, (_, index) => {
      const [least, most] = WINDOWS[index % WINDOWS.length] ?? [0, 0];
      const kind = KINDS[Math.floor(index / WINDOWS.length) % KINDS.length] ?? 'modify';
      const instant = first + index * APART_MS;
      const editAt = instant + least + Math.floor(Math.random() * (most - least + 1));
      return { id: `${kind}-${100 + index}`, kind, instant, editAt };
    });
  }

  async function edit({ scheduler }: AppProcess, subject: Subject): Promise<Edited> {
    const { id, kind, instant } = subject;
    await moment(subject.editAt);
    if (kind === 'remove') {
      await insist('the job is removed', () => scheduler.removeJob(id));
      return { ...subject, state: null, version: null, updatedAt: null };
    }
    const edits = {
      modify: () => scheduler.modifyJob(id, { args: ['new'] }),
      pause: () => scheduler.pauseJob(id),
      reschedule: () => scheduler.rescheduleJob(id, at(new Date(instant + PUT_OFF_MS))),
    };
    const { state, version, updatedAt } = await insist('the job is edited', edits[kind]);
    return { ...subject, state, version, updatedAt };
  }

  async function stories(edits: readonly Edited[]): Promise<Map<string, Story>> {
    const writes = await writesOf(world.url);
    const entries = await world.ledger.entries();
    return new Map(
      edits.map(({ id, instant, state, version }) => {
        const left = state === null ? 'gone' : `${state} ${version}`;
        const written = writes
          .filter((write) => write.id === id)
          .map(({ scheduledAt }) =>
            scheduledAt === null ? 'edit' : `start +${scheduledAt - instant}`,
          );
        const done = entries
          .filter(({ jobId }) => jobId === id)
          .map(({ note, scheduledAt }) => ` ${note} +${scheduledAt - instant}`);
        return [id, `${left}: ${written.join(', ')};${done.join(',')}`];
      }),
    );
  }

  /** Nothing is due, and nothing runs, but what a pause holds back. */
  async function isQuiet(): Promise<boolean> {
    const [row] = await rowsOf<{ left: number }>(
      world.url,
      `select (select count(*) from scheduler.due where next_fire_at is not null)::integer
         + (select count(*) from scheduler.run r join scheduler.job j on j.uid = r.job_uid
            where r.state in ('queued', 'running') and j.state <> 'paused')::integer as left`,
    );
    return row?.left === 0;
  }

  it('lose no edit, start nothing as it was before, and record what had begun', async () => {
    const apps = await Promise.all([
      world.start('Common'),
      world.start('Common'),
      world.start('Common'),
    ]);
    await watchWrites(world.url);
    const all = subjects();
    await apps[0].scheduler.addJobs(
      all.map(({ id, instant }) => ({
        id,
        handler: 'note',
        args: ['old'],
        trigger: at(new Date(instant)),
      })),
    );
    const edits = await Promise.all(
      all.map((subject, index) => edit(apps[index % apps.length] as AppProcess, subject)),
    );
    await until('nothing is left but what is paused', isQuiet);

    const told = await stories(edits);
    const odd = edits.filter((edited) => !isTold(edited, told.get(edited.id) ?? ''));
    expect(odd.map((edited) => ({ ...edited, story: told.get(edited.id) }))).toEqual([]);
    // Some edits came in time and others too late, of each kind.
    const seen = new Set(edits.map(({ id, kind }) => `${kind} ${told.get(id)}`));
    expect(seen.size).toBeGreaterThanOrEqual(KINDS.length * 2);
    const ran = (await world.runs()).filter(({ attempt }) => attempt > 0);
    expect(ran.filter(({ state, attempt }) => state !== 'succeeded' || attempt > 1)).toEqual([]);
    const entries = await world.ledger.entries();
    expect(ran).toHaveLength(entries.length);
    expect(new Set(entries.map(({ pid }) => pid)).size).toBe(apps.length);

    // Whoever asks finds the jobs as the edits left them.
    const jobs = await apps[1].scheduler.getJobs({ limit: 1000 });
    expect(jobs.items.map(({ id, version }) => `${id} ${version}`)).toEqual(
      edits
        .filter(({ kind }) => kind !== 'remove')
        .map(({ id, version }) => `${id} ${version}`)
        .toSorted(),
    );
    // A pause loses nothing: the date that fell into it is made up for.
    const paused = edits.filter(({ state }) => state === 'paused');
    await Promise.all(paused.map(({ id }) => apps[2].scheduler.resumeJob(id)));
    await until('nothing is left', isQuiet);
    const afterwards = await stories(paused);
    expect(new Set(afterwards.values())).toEqual(
      new Set(['paused 2: edit, edit, start +0; old +0']),
    );
  }, 90_000);
});
