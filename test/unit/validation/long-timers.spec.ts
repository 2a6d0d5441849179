import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SystemClock } from '../../../lib/index.js';

const DAY = 86_400_000;

describe('A timer of the machine', () => {
  // They ring at once, as those of Node do, when they are set for more than 2^31-1 ms.
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([24, 25, 30, 49, 50, 60, 400])('rings after %i days and not before', (days) => {
    const clock = new SystemClock();
    const ring = jest.fn();
    clock.setTimer(clock.monotonic() + days * DAY, ring);

    jest.advanceTimersByTime(1000);
    expect(ring).not.toHaveBeenCalled();
    // It rests in between: a wait that Node cut short would set itself again and again.
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(days * DAY - 1010);
    expect(ring).not.toHaveBeenCalled();
    jest.advanceTimersByTime(20);
    expect(ring).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('can be taken back at any time, and leaves nothing', () => {
    const clock = new SystemClock();
    const ring = jest.fn();
    const cancels = [0, 1, 5, 1000, 30 * DAY].map((ms) =>
      clock.setTimer(clock.monotonic() + ms, ring),
    );
    cancels.forEach((cancel) => cancel());
    jest.advanceTimersByTime(31 * DAY);
    expect(ring).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});
