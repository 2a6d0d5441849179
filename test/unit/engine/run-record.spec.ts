import { describe, expect, it } from '@jest/globals';
import { findJsonFault } from '../../../lib/core/json.js';
import { toRunError } from '../../../lib/engine/firing/run-error.js';
import { toRunResult } from '../../../lib/engine/firing/run-result.js';
import { decodeRunId, encodeRunId } from '../../../lib/engine/view/run-id.js';

describe('what is kept of a thrown value', () => {
  it('is name, message, stack, code and causes of an error', () => {
    const cause = Object.assign(new Error('socket closed'), { code: 'ECONNRESET' });
    const error = new TypeError('broken', { cause });
    expect(toRunError(error)).toMatchObject({
      name: 'TypeError',
      message: 'broken',
      stack: expect.stringContaining('run-record.spec'),
      cause: { name: 'Error', message: 'socket closed', code: 'ECONNRESET' },
    });
  });

  it.each([[undefined], [null], ['text'], [42], [{ a: 1 }]])(
    'is a note when %p is no error',
    (value) => {
      expect(toRunError(value)).toMatchObject({ name: 'NonError' });
    },
  );

  it('is JSON of bounded size whatever was thrown', () => {
    const endless = new Error(`\u0000${'x'.repeat(1e6)}\ud800`);
    endless.cause = endless;
    const hostile = new Error('never seen');
    Object.defineProperty(hostile, 'message', {
      get: () => {
        throw new Error('no');
      },
    });
    for (const thrown of [
      endless,
      hostile,
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ]) {
      const kept = toRunError(thrown);
      expect(findJsonFault(kept)).toBeNull();
      expect(JSON.stringify(kept).length).toBeLessThan(200_000);
    }
  });
});

describe('what is kept of a result', () => {
  it.each([
    [undefined, null, null],
    [{ a: [1, 'b', null] }, { a: [1, 'b', null] }, null],
    [new Date(0), '1970-01-01T00:00:00.000Z', null],
    [{ big: 1n }, null, 'result-not-json'],
    [() => 1, null, 'result-not-json'],
    ['a\u0000', null, 'result-not-json'],
    ['x'.repeat(300_000), null, 'result-too-large'],
  ])('of %p is as much as JSON can hold', (value, result, reason) => {
    expect(toRunResult(value)).toEqual({ result, reason });
  });
});

describe('the id of a run', () => {
  it('names the store, the job, the instant and the sequence', () => {
    const key = { jobUid: '42', scheduledAt: Date.parse('9999-12-31T23:59:59.999Z'), seq: 36 };
    const id = encodeRunId('my_store-1', key);
    expect(decodeRunId(id)).toEqual({ store: 'my_store-1', key });
    expect(decodeRunId(encodeRunId('s', { ...key, scheduledAt: -5 }))?.key.scheduledAt).toBe(-5);
  });

  it.each(['', 'x', 'a.b.c', 'a.1.2.3.4', "a.1.2.'; drop table run"])('is not %p', (id) => {
    expect(decodeRunId(id)).toBeNull();
  });
});
