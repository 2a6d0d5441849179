import { afterEach, beforeEach, describe } from '@jest/globals';
import { VirtualClock } from '../support/virtual-clock.js';
import { describeAddingJobs } from './adding-jobs.contract.js';
import { describeEditingJobs } from './editing-jobs.contract.js';
import { describeFinishing } from './finishing.contract.js';
import { describeFiring } from './firing.contract.js';
import { describeKeeping } from './keeping.contract.js';
import { describeListing } from './listing.contract.js';
import { describeNodes } from './nodes.contract.js';
import { describeProgress } from './progress.contract.js';
import { describePromotion } from './promotion.contract.js';
import { describeRaces } from './races.contract.js';
import { describeReaping } from './reaping.contract.js';
import { describeRemovingJobs } from './removing-jobs.contract.js';
import { describeRunsByHand } from './runs-by-hand.contract.js';
import { describeTaking } from './taking.contract.js';
import type { StorePairFactory } from './store-world.js';
import { StoreWorld } from './store-world.js';

/**
 * What every job store must do.
 *
 * @param factory makes two stores on fresh data that they share
 */
export function describeJobStore(name: string, factory: StorePairFactory): void {
  describe(`The ${name}`, () => {
    let world: StoreWorld | undefined;
    const current = (): StoreWorld => {
      if (!world) {
        throw new Error('There is a world only while a test runs.');
      }
      return world;
    };

    beforeEach(async () => {
      world = await StoreWorld.open(new VirtualClock(), factory);
    });

    afterEach(async () => {
      await world?.close();
      world = undefined;
    });

    describeAddingJobs(current);
    describeKeeping(current);
    describeListing(current);
    describeFiring(current);
    describeTaking(current);
    describeProgress(current);
    describeFinishing(current);
    describePromotion(current);
    describeEditingJobs(current);
    describeRemovingJobs(current);
    describeRunsByHand(current);
    describeNodes(current);
    describeReaping(current);
    describeRaces(current);
  });
}
