import { describe, expect, it } from '@jest/globals';
import { Alarm } from '../../../lib/engine/node/alarm.js';
import { StoreTime } from '../../../lib/engine/node/store-time.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const START = Date.parse('2026-01-05T00:00:00Z');
const MINUTE = 60_000;

describe('an alarm on the time of a store', () => {
  it.each([
    { jump: 'ahead', ms: 50_000, rings: 10_000 },
    { jump: 'back', ms: -50_000, rings: 110_000 },
  ])('rings at its instant when the clock of the store was set $jump', async ({ ms, rings }) => {
    const clock = new VirtualClock();
    const time = new StoreTime(clock);
    const jumps: number[] = [];
    time.onJump((by) => jumps.push(Math.round(by)));
    time.observe(clock.monotonic(), START);
    const rung: number[] = [];
    const alarm = new Alarm(clock, time, () => rung.push(clock.monotonic()));
    alarm.atMost(START + MINUTE);
    time.observe(clock.monotonic(), START + ms);
    expect(jumps).toEqual([ms]);
    await clock.advance(5 * MINUTE);
    expect(rung).toEqual([rings]);
  });

  it('rings for the earliest of many wishes, once', async () => {
    const clock = new VirtualClock();
    const time = new StoreTime(clock);
    const rung: number[] = [];
    const alarm = new Alarm(clock, time, () => rung.push(clock.monotonic()));
    [300, 100, 200].forEach((ms) => alarm.atMost(START + ms));
    await clock.advance(1000);
    expect(rung).toEqual([100]);
    alarm.atMost(START + 2000);
    alarm.cancel();
    await clock.advance(5000);
    expect(rung).toEqual([100]);
  });
});
