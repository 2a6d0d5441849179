import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../lib/engine/definition/canonical-json.js';

/** The same by the means of the language. Fingerprints are stored: they must come out the same in every version. */
function bySorting(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

describe('canonical JSON', () => {
  it('is JSON with the keys of every object in order', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        // A key that is a number comes first in every object that it is put into.
        fc.pre(!/"\d+":/.test(JSON.stringify(value)));
        expect(canonicalJson(value)).toBe(bySorting(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is the same in whichever order an object was made, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }], e: undefined })).toBe(
      '{"a":[{"c":"x","d":null}],"b":1}',
    );
  });
});
