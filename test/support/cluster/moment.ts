import { SystemClock } from '../../../lib/index.js';

const clock = new SystemClock();

/** Waits until the clock of this machine shows a time, to the millisecond. For what must be done just then. */
export function moment(at: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(clock.monotonic() + at - clock.now(), resolve);
  });
}
