import { describe, expect, it } from '@jest/globals';
import { median, percentile, sampleOf } from '../../benchmark/harness/sample.js';

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('what benchmarks make of their rounds', () => {
  it('takes the 99th of 100 values in order as their 99th percentile, and the last as their greatest', () => {
    expect(percentile(HUNDRED, 0.99)).toBe(99);
    expect(percentile(HUNDRED, 0.5)).toBe(50);
    expect(percentile(HUNDRED, 1)).toBe(100);
  });

  it('takes the one in the middle as the median, of an even number the middle of two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });

  it('has no percentile of nothing', () => {
    expect(percentile([], 0.99)).toBeNaN();
  });

  it('tells how far apart the rounds were', () => {
    expect(sampleOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  });
});
