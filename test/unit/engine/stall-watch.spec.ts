import { beforeEach, describe, expect, it } from '@jest/globals';
import { StallWatch } from '../../../lib/engine/node/stall-watch.js';
import { VirtualClock } from '../../support/virtual-clock.js';

/** A machine whose monotonic clock stands still while it is suspended. */
class SuspendableClock extends VirtualClock {
  private asleep = 0;

  suspend(ms: number): void {
    this.asleep += ms;
  }

  override now(): number {
    return super.now() + this.asleep;
  }
}

describe('the watch for stalls', () => {
  let clock: SuspendableClock;
  let stalls: number;
  let watch: StallWatch;

  beforeEach(() => {
    clock = new SuspendableClock();
    stalls = 0;
    watch = new StallWatch(clock, () => (stalls += 1));
  });

  const freeze = (seconds: number): void =>
    clock.skipTo(new Date(clock.now() + seconds * 1000).toISOString());

  it('finds nothing while time passes as it should', async () => {
    watch.watch();
    await clock.advance(60_000);
    expect(watch.isInDoubt).toBe(false);
    expect(stalls).toBe(0);
    watch.rest();
  });

  it('finds a process that stood still, whichever of its timers rings first', async () => {
    watch.watch();
    await clock.advance(700);
    freeze(1.2);
    expect(watch.isInDoubt).toBe(true);
    watch.confirmed(clock.monotonic());
    expect(watch.isInDoubt).toBe(false);
    freeze(1.2);
    await clock.advance(0);
    expect(stalls).toBe(2);
    expect(watch.isInDoubt).toBe(true);
    watch.rest();
  });

  it('says nothing of a stall that lasts no longer than others would wait for', async () => {
    watch.watch();
    await clock.advance(500);
    freeze(0.9);
    expect(watch.isInDoubt).toBe(false);
    watch.rest();
  });

  it('finds a machine that was suspended, of which only the wall clock tells', async () => {
    watch.watch();
    await clock.advance(100);
    clock.suspend(30_000);
    expect(watch.isInDoubt).toBe(true);
    watch.rest();
  });

  it('is not put at ease by what was said before the stall', () => {
    watch.watch();
    const sentAt = clock.monotonic();
    freeze(5);
    expect(watch.isInDoubt).toBe(true);
    watch.confirmed(sentAt);
    expect(watch.isInDoubt).toBe(true);
    watch.confirmed(clock.monotonic());
    expect(watch.isInDoubt).toBe(false);
    watch.rest();
  });

  it('rests while there is nothing to begin, and doubts an answer that was long in coming', async () => {
    watch.watch();
    watch.rest();
    freeze(100);
    expect(watch.isInDoubt).toBe(false);
    watch.confirmed(clock.monotonic());
    const sentAt = clock.monotonic();
    watch.answered(sentAt);
    expect(watch.isInDoubt).toBe(false);
    freeze(2);
    watch.answered(sentAt);
    expect(watch.isInDoubt).toBe(true);
    expect(stalls).toBe(1);
  });
});
