import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LookReply } from '../../../lib/engine/node/pump.js';
import { Pump } from '../../../lib/engine/node/pump.js';
import { StoreTime } from '../../../lib/engine/node/store-time.js';
import { VirtualClock } from '../../support/virtual-clock.js';

/** As many nodes hear of one write, or as often as one hears of many. */
const WAKES = 50;
const LEAD_MS = 200;

describe('A pump', () => {
  let clock: VirtualClock;
  let pump: Pump;
  let looks: number;
  /** Ends a look that is under way; looks end at once while nothing is to be held. */
  let end: (() => void) | null;
  let holds: boolean;

  beforeEach(async () => {
    clock = new VirtualClock();
    looks = 0;
    end = null;
    holds = false;
    const look = async (): Promise<LookReply> => {
      looks += 1;
      if (holds) {
        await new Promise<void>((resolve) => (end = resolve));
      }
      return { now: clock.now(), full: false, nextDueAt: null, nextReadyAt: null, progress: false };
    };
    pump = new Pump(
      clock,
      new StoreTime(clock),
      { lead: () => LEAD_MS, sweepInterval: 15_000 },
      { look, isHungry: () => false },
      (error) => {
        throw error;
      },
    );
    pump.start();
    await clock.advance(0);
    looks = 0;
  });

  afterEach(async () => {
    end?.();
    await pump.stop();
  });

  const wakeOften = (at: (index: number) => number): void => {
    for (let index = 0; index < WAKES; index += 1) {
      pump.wake(at(index));
    }
  };

  it('looks once, however often it is told of the same work', async () => {
    wakeOften(() => clock.now());
    await clock.advance(1000);
    expect(looks).toBe(1);
  });

  it('looks once for much work that is told of at once', async () => {
    wakeOften((index) => clock.now() - index);
    await clock.advance(1000);
    expect(looks).toBe(1);
  });

  it('looks once more when it is told of work while it looks', async () => {
    holds = true;
    wakeOften(() => 0);
    await clock.advance(0);
    wakeOften(() => 0);
    await clock.advance(0);
    expect(looks).toBe(1);
    holds = false;
    end?.();
    await clock.advance(1000);
    expect(looks).toBe(2);
  });

  it('looks at the lead before the earliest of all that it is told of, and not before', async () => {
    const now = clock.now();
    wakeOften((index) => now + 5000 + index);
    await clock.advance(5000 - LEAD_MS - 1);
    expect(looks).toBe(0);
    await clock.advance(1);
    expect(looks).toBe(1);
    await clock.advance(1000);
    expect(looks).toBe(1);
  });
});
