import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const AMBIENT_TIME = [
  'export const a = Date.now();',
  'export const a = new Date();',
  'export const a = Date();',
  'export const a = Math.random();',
  'export const a = performance.now();',
  'export const a = process.hrtime.bigint();',
  'export const a = crypto.randomUUID();',
  'export const a = setTimeout(() => {}, 1);',
  'export const a = globalThis.setInterval(() => {}, 1);',
  `export { a } from './a.js'; import { randomUUID } from 'node:crypto'; randomUUID();`,
  `import { setTimeout as sleep } from 'node:timers/promises'; export const a = sleep;`,
];

const HIDDEN_IMPORTS = [
  `export type A = import('rxjs').Subject<number>;`,
  `import rxjs = require('rxjs'); export const a = rxjs;`,
];

const HARMLESS = [
  'export const a = new Date(0);',
  'export const a = Date.UTC(2026, 1);',
  `import { createHash } from 'node:crypto'; export const a = createHash('sha256');`,
  'export const a = (clock: { now(): number }): number => clock.now();',
];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

describe('the house rules of lint', () => {
  const found = new Map<string, string[]>();
  let project: string;

  beforeAll(async () => {
    project = await mkdtemp(path.join(tmpdir(), 'house-rules-'));
    const sources = [...AMBIENT_TIME, ...HIDDEN_IMPORTS, ...HARMLESS];
    await mkdir(path.join(project, 'lib'));
    for (const [index, text] of sources.entries()) {
      await writeFile(path.join(project, 'lib', `${index}.ts`), text);
    }
    for (const { code, filename } of await lint(project)) {
      const text = sources[Number.parseInt(path.basename(filename), 10)] ?? '';
      found.set(text, [...(found.get(text) ?? []), code]);
    }
  });

  afterAll(() => rm(project, { recursive: true, force: true }));

  it.each(AMBIENT_TIME)('refuse time that does not come from the clock: %s', (text) => {
    expect(found.get(text)).toContain('house(no-ambient-time)');
  });

  it.each(HIDDEN_IMPORTS)('refuse what the import rule would not see: %s', (text) => {
    expect(found.get(text)).toContain('house(no-hidden-import)');
  });

  it.each(HARMLESS)('have nothing against %s', (text) => {
    expect((found.get(text) ?? []).filter((code) => code.startsWith('house'))).toEqual([]);
  });
});

async function lint(directory: string): Promise<readonly Diagnostic[]> {
  const config = path.join(directory, 'oxlint.json');
  const settings = {
    jsPlugins: [path.join(ROOT, '.ci/oxlint/house-rules.js')],
    rules: { 'house/no-ambient-time': 'error', 'house/no-hidden-import': 'error' },
  };
  await writeFile(config, JSON.stringify(settings));
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const args = [oxlint, '--config', config, '--format', 'json', 'lib'];
  return new Promise((resolve) => {
    // It ends with an error when it finds something, which is what this test wants.
    execFile(process.execPath, args, { cwd: directory }, (_error, stdout) => {
      resolve(JSON.parse(stdout).diagnostics);
    });
  });
}
