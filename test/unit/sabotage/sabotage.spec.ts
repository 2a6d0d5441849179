import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { describe, expect, it } from '@jest/globals';
import { FAULTS } from '../../support/sabotage/faults.js';
import { FAULT_NAMES, faultName, sabotage } from '../../support/sabotage/sabotage.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const read = (file: string): Promise<string> => readFile(path.join(ROOT, file), 'utf8');

describe('sabotage', () => {
  it.each(FAULT_NAMES)(
    'finds each place of the fault "%s", and leaves sources that compile',
    async (name) => {
      const files = new Set(FAULTS[name].patches.map((patch) => patch.file));
      expect(files.size).toBeGreaterThan(0);
      for (const file of files) {
        const source = await read(file);
        const broken = sabotage(source, path.join(ROOT, file), name);
        expect(broken).not.toBe(source);
        await transform(broken, { filename: path.join(ROOT, file) });
      }
    },
  );

  it('leaves all other sources as they are', async () => {
    const file = path.join(ROOT, 'lib/core/clock.ts');
    expect(sabotage('anything', file, 'no-fence')).toBe('anything');
    expect(sabotage('anything', path.join(ROOT, 'lib/stores/memory/run-ledger.ts'), null)).toBe(
      'anything',
    );
  });

  it('says so when the library has changed under a fault', () => {
    const file = path.join(ROOT, 'lib/stores/memory/node-table.ts');
    expect(() => sabotage('node.leaseEndsAt > later', file, 'reap-early')).toThrow(
      'stands 0 times in lib/stores/memory/node-table.ts',
    );
    const twice = 'node.leaseEndsAt > now; node.leaseEndsAt > now;';
    expect(() => sabotage(twice, file, 'reap-early')).toThrow('stands 2 times');
  });

  it('refuses a name that it does not know', () => {
    expect(() => faultName('no-luck')).toThrow(
      'There is no fault "no-luck". Choose from: no-fence, ',
    );
  });
});
