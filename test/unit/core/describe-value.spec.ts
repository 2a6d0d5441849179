import { describe, expect, it } from '@jest/globals';
import { describeValue } from '../../../lib/core/errors/describe-value.js';

describe('describeValue', () => {
  it.each([
    ['text', '"text"'],
    [5, '5'],
    [NaN, 'NaN'],
    [3n, '3n'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ a: 1 }, '{"a":1}'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(NaN), 'Invalid Date'],
    [Symbol('s'), 'Symbol(s)'],
    [describeValue, 'function describeValue'],
    [() => 1, 'function (anonymous)'],
  ])('renders %p as %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('survives what throws when it is rendered, and cuts what is long', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(describeValue(cycle)).toBe('a value of type object that cannot be shown');
    expect(describeValue({ toJSON: () => undefined })).toBe('[object Object]');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(describeValue(proxy)).toBe('a value of type object that cannot be shown');
    expect(describeValue('x'.repeat(10_000))).toMatch(/^"x{79}\.\.\. \(10002 characters\)$/);
  });
});
