import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { PROCESSING_LOOP } from './processing-loop.table.js';

const TESTS = new URL('../../', import.meta.url);

const FIRST = 79;
const LAST = 100;

describe('The checklist of what APScheduler does in its processing loop', () => {
  it('is gone through from the first case to the last', () => {
    expect(PROCESSING_LOOP.map(({ row }) => row)).toEqual(
      Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index),
    );
  });

  it.each(PROCESSING_LOOP)('has a test, or a reason, for case $row: $feature', async (checked) => {
    const { coveredBy = [], doesNotApply } = checked;
    expect(coveredBy.length > 0 || (doesNotApply ?? '').length > 20).toBe(true);
    for (const covering of coveredBy) {
      const [file = '', title = ''] = covering.split(/(?<=\.ts): /, 2);
      const text = await readFile(new URL(file, TESTS), 'utf8');
      // Of a call of `it`, or of what `it.each` gave.
      const titles = [...text.matchAll(/(?:\bit|\))\(\s*'([^'\n]+)'/g)].map(([, found]) => found);
      expect([covering, titles]).toEqual([covering, expect.arrayContaining([title])]);
    }
  });
});
