import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findJsonFault } from '../../../lib/core/json.js';

describe('findJsonFault', () => {
  it('finds nothing in what JSON keeps as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        const isPlain = !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text);
        // -0 becomes 0, which no application can tell apart in what it passes on.
        expect(findJsonFault(value) === null).toBe(isPlain);
      }),
      { numRuns: 1000 },
    );
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['undefined', { a: undefined }, '.a'],
    ['a function', [() => 1], '[0]'],
    ['a symbol', Symbol('s'), ''],
    ['a bigint', [1, [2n]], '[1][0]'],
    ['NaN', { a: { b: NaN } }, '.a.b'],
    ['Infinity', -Infinity, ''],
    ['a date', [new Date(0)], '[0]'],
    ['a map', new Map(), ''],
    ['an instance of a class', new (class Thing {})(), ''],
    ['NUL in text', ['a\u0000b'], '[0]'],
    ['NUL in a key', { 'a\u0000': 1 }, '.a\u0000'],
    ['half a surrogate pair', { a: '\ud800' }, '.a'],
  ])('finds %s', (_what, value, path) => {
    expect(findJsonFault(value)?.path).toBe(path);
  });

  it('finds a value that contains itself, without following it for ever', () => {
    expect(findJsonFault(cycle)?.why).toMatch(/deeper than 64 levels/);
  });
});
