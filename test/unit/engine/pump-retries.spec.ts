import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pump } from '../../../lib/engine/node/pump.js';
import { StoreTime } from '../../../lib/engine/node/store-time.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const LEAD_MS = 200;

describe('A pump, of work that is due and that somebody else has locked,', () => {
  let clock: VirtualClock;
  let pump: Pump;
  let looks: number[];
  /** When there is work. Nobody gets it, until it is gone. */
  let due: number | null;

  beforeEach(async () => {
    clock = new VirtualClock();
    looks = [];
    due = null;
    const look = async () => {
      looks.push(clock.monotonic());
      return { now: clock.now(), full: false, nextDueAt: due, nextReadyAt: null, progress: false };
    };
    const times = { lead: () => LEAD_MS, sweepInterval: 3_600_000 };
    const work = { look, isHungry: () => false };
    pump = new Pump(clock, new StoreTime(clock), times, work, (error) => {
      throw error;
    });
    pump.start();
    await clock.advance(1000);
  });

  afterEach(async () => {
    await pump.stop();
  });

  /** There is work that somebody has locked for so long. Gives the looks, in milliseconds after its instant. */
  async function lockedFor(ms: number): Promise<number[]> {
    looks = [];
    due = clock.now() + 1000;
    const instant = clock.monotonic() + 1000;
    pump.wake(due);
    await clock.advance(1000 + ms);
    due = null;
    await clock.advance(10_000);
    return looks.map((look) => look - instant).filter((look) => look >= 0);
  }

  it('looks again soon, then ever more seldom, but several times a second', async () => {
    const seen = await lockedFor(30_000);
    expect(seen.slice(0, 4)).toEqual([0, 5, 15, 35]);
    const waits = seen.slice(1).map((look, index) => look - (seen[index] ?? NaN));
    // A frozen process is let go after two seconds, and its jobs are to run within three.
    expect(Math.max(...waits)).toBe(500);
    expect(seen.length).toBeLessThan(70);
  });

  it('is as quick the next time, though it was somebody else who did it', async () => {
    await lockedFor(5000);
    expect((await lockedFor(100)).slice(0, 4)).toEqual([0, 5, 15, 35]);
  });
});
