import { describe, expect, it } from '@jest/globals';
import { readDuration } from '../../../lib/core/duration.js';

describe('readDuration', () => {
  it.each([
    [0, 0],
    [1500, 1500],
    [{ seconds: 1.5 }, 1500],
    [{ weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 }, 694_861_001],
    [{ seconds: 0.1, milliseconds: 200 }, 300],
    [{ seconds: 0.1 + 0.2 }, 300],
    [{}, 0],
    [{ minutes: undefined, seconds: 1 }, 1000],
  ])('reads %j as %d ms', (duration, expected) => {
    expect(readDuration(duration)).toBe(expected);
  });

  it.each([
    [-1, ''],
    [NaN, ''],
    [Infinity, ''],
    [0.5, ''],
    [4e12, ''],
    ['5m', ''],
    [null, ''],
    [undefined, ''],
    [[1], ''],
    [{ minutes: '5' }, '.minutes'],
    [{ minutes: NaN }, '.minutes'],
    [{ fortnights: 1 }, '.fortnights'],
    [{ seconds: 1, toString: 1 }, '.toString'],
    [{ seconds: -1 }, ''],
  ])('refuses %p and says what is wrong with it', (duration, path) => {
    expect(readDuration(duration)).toMatchObject({ path, cure: expect.stringMatching(/./) });
  });
});
