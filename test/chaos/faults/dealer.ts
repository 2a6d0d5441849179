import type { Random } from '../random.js';
import type { World } from '../world.js';
import { ALL_FAULTS } from './all-faults.js';
import type { Fault } from './fault.js';

/** Faults that stop the server cannot be under way together, nor can any other talk to it meanwhile. */
const STOPS_SERVER = new Set(['crash-postgres', 'outage']);

/**
 * Deals faults at times of the seed's choosing, several at once as it comes: each kind comes up in every round. Resolves
 * when the last one is over.
 */
export async function dealFaults(world: World, until: number): Promise<void> {
  const random = world.random.fork('faults');
  const underWay = new Map<Promise<void>, Fault>();
  const turns = new Map<Fault, number>();
  let deck: Fault[] = [];
  let strikes = 0;
  while (Date.now() < until) {
    await world.pause(random.between(200, 3000));
    if (deck.length === 0) {
      deck = newDeck(random);
    }
    const index = deck.findIndex((fault) => mayStrike(fault, [...underWay.values()], world));
    const [fault] = index === -1 ? [] : deck.splice(index, 1);
    if (fault) {
      strikes += 1;
      const turn = turns.get(fault) ?? 0;
      turns.set(fault, turn + 1);
      const striking = strike(fault, world, random.fork(`strike ${strikes}`), turn);
      underWay.set(striking, fault);
      void striking.then(() => underWay.delete(striking));
    }
  }
  await Promise.all(underWay.keys());
}

/** One of each kind comes first, so that a short run leaves none out. */
function newDeck(random: Random): Fault[] {
  const further = ALL_FAULTS.flatMap((fault) =>
    Array.from({ length: fault.weight - 1 }, () => fault),
  );
  return [...random.shuffled(ALL_FAULTS), ...random.shuffled(further)];
}

function mayStrike(fault: Fault, others: readonly Fault[], world: World): boolean {
  const storeIsTaken = others.some(
    ({ kind, disturbsStore }) =>
      (STOPS_SERVER.has(fault.kind) && disturbsStore) ||
      (STOPS_SERVER.has(kind) && fault.disturbsStore),
  );
  const alike = others.filter((other) => other === fault).length;
  return !storeIsTaken && alike < fault.atOnce && fault.isPossible(world);
}

async function strike(fault: Fault, world: World, random: Random, turn: number): Promise<void> {
  const over = world.journal.begin(fault.kind, fault.disturbsStore);
  try {
    await fault.strike(world, random, turn);
  } catch {
    // A fault that got into the way of another one, or the end of it all.
    world.journal.count('faults cut short', fault.kind);
  } finally {
    over();
  }
}
