import { describe, expect, it } from '@jest/globals';
import { RetryPause } from '../../../lib/stores/typeorm/notifications/retry-pause.js';

describe('The pause before another try', () => {
  it('doubles up to a limit, and begins anew after a success', () => {
    const pause = new RetryPause(10, 50);
    const four = (): number[] => Array.from({ length: 4 }, () => pause.next());
    expect(four()).toEqual([10, 20, 40, 50]);
    expect(four()).toEqual([50, 50, 50, 50]);
    pause.reset();
    expect(four()).toEqual([10, 20, 40, 50]);
  });
});
