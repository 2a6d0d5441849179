import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StoreTime } from '../../../lib/engine/node/store-time.js';
import { VirtualClock } from '../../support/virtual-clock.js';

/** An exchange with a store whose clock is `ahead` of this machine's. */
async function exchange(
  clock: VirtualClock,
  time: StoreTime,
  ahead: number,
  there: number,
  back: number,
): Promise<void> {
  const sentAt = clock.monotonic();
  await clock.advance(there);
  const storeNow = Math.floor(Date.parse('2026-01-05T00:00:00Z') + clock.monotonic() + ahead);
  await clock.advance(back);
  time.observe(sentAt, storeNow);
}

const trueTime = (clock: VirtualClock, ahead: number): number =>
  Date.parse('2026-01-05T00:00:00Z') + clock.monotonic() + ahead;

describe('the time of a store', () => {
  it('is never reckoned ahead of the store’s clock, and close to it after some exchanges', async () => {
    const trips = fc.array(
      fc.record({
        there: fc.integer({ min: 0, max: 5000 }),
        back: fc.integer({ min: 0, max: 5000 }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -5e6, max: 5e6 }), trips, async (micros, exchanges) => {
        const ahead = micros / 1000;
        const clock = new VirtualClock();
        const time = new StoreTime(clock);
        let shortest = Infinity;
        for (const { there, back } of exchanges) {
          await exchange(clock, time, ahead, there / 1000, back / 1000);
          shortest = Math.min(shortest, back / 1000);
          expect(time.now()).toBeLessThanOrEqual(trueTime(clock, ahead) + 1e-6);
        }
        expect(trueTime(clock, ahead) - time.now()).toBeLessThanOrEqual(5 + 1);
      }),
      { numRuns: 20 },
    );
  });

  it('follows a jump of the store’s clock at the next exchange', async () => {
    const clock = new VirtualClock();
    const time = new StoreTime(clock);
    await exchange(clock, time, 0, 1, 1);
    for (const ahead of [3_600_000, -3_600_000]) {
      await exchange(clock, time, ahead, 1, 1);
      const behind = trueTime(clock, ahead) - time.now();
      expect(behind).toBeGreaterThanOrEqual(0);
      expect(behind).toBeLessThanOrEqual(2);
    }
  });
});
