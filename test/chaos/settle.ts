import { at } from '../../lib/index.js';
import { isLong } from './options.js';
import { rowsOf } from '../support/cluster/rows.js';
import { until } from '../support/cluster/until.js';
import type { World } from './world.js';

/** After an outage nobody is declared dead for the time of a lease. */
const CALM_MS = 14_000;

/** Longer than a lease and than a recovery may take. */
const FREEZE_MS = 12_500;

/** How often nodes are lost then, if there is time. */
const LONG_ROUNDS = 3;

const FAR_AHEAD = at('2999-12-31T00:00:00Z');

const PUNCTUAL_TIMEOUT_MS = 60_000;
const IDLE_TIMEOUT_MS = 60_000;

/**
 * Brings everything to rest after the last fault: runs go on elsewhere, what is overdue fires, and in the end, when the
 * recurring jobs have been put off, no run is live. What does not come to rest is for the checks to find.
 *
 * @returns when everything was punctual, or should have been
 */
export async function settle(world: World): Promise<number> {
  await world.fleet.complete();
  await world.pause(CALM_MS);
  for (let left = isLong(world.options) ? LONG_ROUNDS : 1; left > 0; left -= 1) {
    await loseNodes(world);
  }
  await rested(PUNCTUAL_TIMEOUT_MS, () => isPunctual(world));
  const settledAt = Date.now();
  for (const job of world.book.recurring.values()) {
    if (job.removedAt === null) {
      job.doubtful();
      // A pause would hold back the runs that wait.
      await world.insist(world.random, null, 'rescheduleJob', job.id, FAR_AHEAD);
    }
  }
  await rested(IDLE_TIMEOUT_MS, () => isIdle(world));
  return settledAt;
}

/**
 * With everything else in order, so that there are recoveries whose time can be told. The oldest process stays, as
 * their witness; of the others one is frozen, and every third is killed.
 */
async function loseNodes(world: World): Promise<void> {
  const { fleet, journal } = world;
  const [, frozen, ...others] = [...fleet.well].sort((a, b) => a.startedAt - b.startedAt);
  for (const killed of others.slice(0, Math.ceil(fleet.well.length / 3))) {
    const over = journal.begin('kill', false);
    killed.kill();
    over();
  }
  if (frozen) {
    const over = journal.begin('freeze', false);
    frozen.freeze();
    await world.pause(FREEZE_MS).finally(() => frozen.thaw());
    over();
  }
  await fleet.complete();
}

async function rested(within: number, isAtRest: () => Promise<boolean>): Promise<void> {
  await until('rest', isAtRest, { within }).catch(() => undefined);
}

async function isPunctual({ url }: World): Promise<boolean> {
  const [row] = await rowsOf<{ late: boolean }>(
    url,
    `select exists (select from scheduler.due where next_fire_at < clock_timestamp() - interval '1 s')
       or exists (select from scheduler.run where state = 'queued' and behind is null
         and start_at < clock_timestamp() - interval '1 s') as late`,
  );
  return row?.late === false;
}

async function isIdle({ url }: World): Promise<boolean> {
  const [row] = await rowsOf<{ live: boolean }>(
    url,
    `select exists (select from scheduler.run where state in ('queued', 'running')) as live`,
  );
  return row?.live === false;
}
