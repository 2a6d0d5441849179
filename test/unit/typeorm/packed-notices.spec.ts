import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packed, unpacked } from '../../../lib/stores/typeorm/notifications/packed-notices.js';

describe('packed notices', () => {
  it('fit into notifications of Postgres, and come out as they went in', () => {
    const notice = fc
      .string({ unit: 'binary', maxLength: 1000 })
      .map((text) => JSON.stringify(text));
    fc.assert(
      fc.property(fc.array(notice, { maxLength: 100 }), (notices) => {
        const payloads = packed(notices);
        expect(payloads.every((payload) => Buffer.byteLength(payload) < 8000)).toBe(true);
        expect(payloads.flatMap(unpacked)).toEqual(notices);
      }),
    );
  });

  it('are as few as can be', () => {
    const notices = Array.from({ length: 100 }, () => JSON.stringify('x'.repeat(148)));
    expect(packed(notices)).toHaveLength(2);
  });
});
