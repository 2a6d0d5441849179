import { SystemClock } from '../../../lib/index.js';

/** A machine whose wall clock is wrong, and whose monotonic clock runs as it should. */
export class SkewedClock extends SystemClock {
  constructor(private readonly off: number) {
    super();
  }

  override now(): number {
    return super.now() + this.off;
  }
}
