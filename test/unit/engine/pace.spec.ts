import { beforeEach, describe, expect, it } from '@jest/globals';
import { Pace } from '../../../lib/engine/firing/pace.js';

const PLACES = 100;

describe('the pace of an executor', () => {
  let pace: Pace;
  let now: number;

  beforeEach(() => {
    pace = new Pace(PLACES);
    now = 1_000_000;
  });

  /** So many handlers one after the other, while others wait. */
  function work(count: number, each: number, isWaiting = true): void {
    for (let done = 0; done < count; done += 1) {
      if (isWaiting) {
        pace.wait(now);
      }
      pace.begin(now);
      now += each;
      pace.end(now - each, now, isWaiting);
    }
  }

  it('fetches nothing beyond the places before it knows anything', () => {
    expect(pace.prefetch(0, now)).toBe(0);
  });

  it('fetches about as much again for quick handlers before it has seen work wait', () => {
    work(1, 0.1, false);
    expect(pace.prefetch(0, now)).toBe(PLACES);
  });

  it('fetches what handlers get through in a tenth of a second, as measured while work waited', () => {
    work(20_000, 0.02);
    expect(pace.prefetch(0, now)).toBeGreaterThan(4500);
    expect(pace.prefetch(0, now)).toBeLessThan(5500);
  });

  it('counts on no more than one processor for handlers that compute', () => {
    // Each takes a millisecond of it, however many have a place.
    work(500, 1);
    expect(pace.prefetch(0, now)).toBeLessThanOrEqual(100);
  });

  it('is bounded', () => {
    work(100_000, 0.0001);
    expect(pace.prefetch(0, now)).toBe(10_000);
  });

  it('fetches nothing behind handlers that have been under way for long', () => {
    work(20_000, 0.02);
    for (let active = 0; active < PLACES; active += 1) {
      pace.begin(now);
    }
    expect(pace.prefetch(PLACES, now)).toBeGreaterThan(4500);
    expect(pace.prefetch(PLACES, now + 1000)).toBeLessThanOrEqual(10);
    expect(pace.prefetch(PLACES, now + 60_000)).toBe(0);
  });
});
