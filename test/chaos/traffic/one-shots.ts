import type { JobDefinition } from '../../../lib/index.js';
import { at } from '../../../lib/index.js';
import type { Work } from '../application/app-settings.js';
import { isLong } from '../options.js';
import type { Random } from '../random.js';
import type { World } from '../world.js';

/** How many ways of adding are under way at once, at most: nodes that are frozen answer late. */
const MOST_AT_ONCE = 50;

/** Adds one-shot jobs, one by one, many at a time, and in transactions of the application, until it is told to stop. */
export async function addOneShots(world: World, stopped: AbortSignal): Promise<void> {
  const random = world.random.fork('one-shots');
  const underWay = new Set<Promise<void>>();
  for (let number = 1; !stopped.aborted; number += 1) {
    await world.pause(random.between(20, 220));
    if (underWay.size < MOST_AT_ONCE) {
      const adding = addSome(world, random, number);
      underWay.add(adding);
      void adding.finally(() => underWay.delete(adding));
    }
  }
  await Promise.all(underWay);
}

async function addSome(world: World, random: Random, number: number): Promise<void> {
  const dice = random.next();
  if (dice < 0.6) {
    await add(world, random, 'addJob', [oneShot(world, random, `shot.${number}`)]);
  } else if (dice < 0.65) {
    const parts = ['a', 'b', 'c', 'd', 'e'];
    const shots = parts.map((part) => oneShot(world, random, `shot.${number}.${part}`));
    await add(world, random, 'addJobs', shots, shots);
  } else {
    await placeOrder(world, random, `order.${number}`, dice < 0.88);
  }
}

async function add(
  world: World,
  random: Random,
  method: 'addJob' | 'addJobs',
  shots: readonly (JobDefinition & { id: string })[],
  argument: unknown = shots[0],
): Promise<void> {
  let added: 'yes' | 'maybe' = 'yes';
  try {
    await world.ask(random, method, argument);
  } catch {
    added = 'maybe';
  }
  world.journal.count('one-shots', `${method}: ${added === 'yes' ? 'confirmed' : 'unknown'}`);
  world.book.shots.push(...shots.map(({ id }) => ({ id, added })));
}

/** Whether it is there at the end is told by the table of the application. */
async function placeOrder(world: World, random: Random, id: string, keep: boolean): Promise<void> {
  const kind = keep ? 'in a transaction' : 'in a transaction rolled back';
  try {
    await world.ask(random, 'placeOrder', oneShot(world, random, id), keep);
    world.journal.count('one-shots', `${kind}: confirmed`);
  } catch {
    world.journal.count('one-shots', `${kind}: unknown`);
  }
  if (!keep) {
    world.book.shots.push({ id, added: 'no' });
  }
}

function oneShot(world: World, random: Random, id: string): JobDefinition & { id: string } {
  const work = chooseWork(random, isLong(world.options));
  const date = new Date(Date.now() + random.between(-300, 4000));
  return {
    id,
    handler: random.chance(0.15) ? 'effect' : 'work',
    args: [{ ...work }],
    trigger: at(date),
    priority: random.pick([0, 1, 2, 3] as const) ?? 1,
    recovery: random.chance(0.2) ? 'fail' : 'rerun',
  };
}

function chooseWork(random: Random, long: boolean): Work {
  const dice = random.next();
  if (dice < 0.7) {
    return { least: 0, most: 20, fails: random.chance(0.05) };
  }
  if (dice < 0.95) {
    return { least: 100, most: 1500 };
  }
  return { least: 3000, most: long ? 25_000 : 8000, obeys: random.chance(0.5) };
}
