import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MinHeap } from '../../../lib/core/min-heap.js';

describe('a heap', () => {
  it('gives what a sorted list would give, whatever is pushed and popped in between', () => {
    const steps = fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { freq: 3 }));
    fc.assert(
      fc.property(steps, (keys) => {
        const heap = new MinHeap<number>();
        const list: number[] = [];
        const given: unknown[] = [];
        const expected: unknown[] = [];
        for (const key of keys) {
          if (key === null) {
            given.push(heap.peekKey(), heap.pop());
            expected.push(list[0], list.shift());
          } else {
            heap.push(key, key);
            list.push(key);
            list.sort((a, b) => a - b);
          }
        }
        expect(given).toEqual(expected);
        expect(heap.size).toBe(list.length);
      }),
      { numRuns: 500 },
    );
  });
});
