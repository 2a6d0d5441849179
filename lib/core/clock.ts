import { randomUUID } from 'node:crypto';

/** Takes back a timer that has not fired; harmless afterwards. */
export type CancelTimer = () => void;

/**
 * The only source of time, chance and fresh ids in the scheduler, so that a test can drive all three.
 *
 * @publicApi
 */
export abstract class Clock {
  /** Wall-clock time in whole milliseconds since 1970. It may jump. */
  abstract now(): number;

  /** Milliseconds, with fractions, since some fixed point. It never goes back and knows no clock change. */
  abstract monotonic(): number;

  /**
   * Calls `callback` once, when `monotonic()` has reached `at`: never before, and as soon after as can be.
   * Any distance works. The timer does not keep the process alive.
   */
  abstract setTimer(at: number, callback: () => void): CancelTimer;

  /** Keeps the process alive, which timers do not, until it is cancelled. */
  abstract keepAlive(): CancelTimer;

  /** A number in [0, 1). */
  abstract random(): number;

  /** A fresh id that nobody else has. */
  abstract id(): string;
}

/**
 * Longest single wait. Node fires a timer of more than 2^31-1 ms at once, and a suspended machine keeps a long timer
 * waiting for the time that it slept: hourly looks settle both.
 */
const LONGEST_WAIT_MS = 3_600_000;

/** A Node timer is only good to about a millisecond, and may fire early by a fraction: the rest is spent yielding. */
const FINE_MS = 1;

/**
 * The clocks of the machine.
 *
 * @publicApi
 */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  setTimer(at: number, callback: () => void): CancelTimer {
    let timeout: NodeJS.Timeout | undefined;
    let immediate: NodeJS.Immediate | undefined;
    const wait = (): void => {
      const left = at - performance.now();
      if (left <= 0) {
        callback();
      } else if (left <= FINE_MS) {
        // Yields to I/O between looks, where a tight loop would not.
        immediate = setImmediate(wait);
      } else {
        timeout = setTimeout(wait, Math.min(left - FINE_MS, LONGEST_WAIT_MS));
        timeout.unref();
      }
    };
    // Even a timer for the past calls back later, never from within setTimer. Unlike a timeout, an immediate must not
    // be unref'd: Node would go to sleep over it until something else happens.
    immediate = setImmediate(wait);
    return () => {
      clearTimeout(timeout);
      clearImmediate(immediate);
    };
  }

  keepAlive(): CancelTimer {
    const handle = setInterval(() => {}, LONGEST_WAIT_MS);
    return () => clearInterval(handle);
  }

  random(): number {
    return Math.random();
  }

  id(): string {
    return randomUUID();
  }
}
