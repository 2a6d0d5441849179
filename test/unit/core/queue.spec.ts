import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Queue } from '../../../lib/core/queue.js';

describe('a queue', () => {
  it('gives items in the order in which they came, however many have gone before', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ push: fc.integer({ min: 1, max: 700 }) }) },
      { weight: 3, arbitrary: fc.record({ shift: fc.integer({ min: 1, max: 700 }) }) },
      { weight: 1, arbitrary: fc.record({ remove: fc.integer({ min: 2, max: 5 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const queue = new Queue<number>();
        const model: number[] = [];
        let next = 0;
        for (const { push = 0, shift = 0, remove = 0 } of steps as Record<string, number>[]) {
          for (let left = push; left > 0; left -= 1) {
            queue.push(next);
            model.push(next);
            next += 1;
          }
          for (let left = shift; left > 0; left -= 1) {
            expect(queue.shift()).toBe(model.shift());
          }
          const matches = (item: number): boolean => remove > 0 && item % remove === 0;
          expect(queue.remove(matches)).toEqual(model.filter(matches));
          model.splice(0, model.length, ...model.filter((item) => !matches(item)));
          expect(queue.size).toBe(model.length);
        }
      }),
      { numRuns: 50 },
    );
  });
});
