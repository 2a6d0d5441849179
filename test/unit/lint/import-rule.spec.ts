import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const ALLOWED = {
  'lib/core/events.ts': `import 'node:crypto'; import './job.js'`,
  'lib/triggers/cron.ts': `import '../core/job.js'; import 'cron-parser'`,
  'lib/engine/loop.ts': `import '../core/job.js'; import '../triggers/cron.js'; import 'zod'`,
  'lib/stores/memory/index.ts': `import '../../core/job.js'`,
  'lib/stores/typeorm/index.ts': `import '../../core/job.js'; import 'typeorm'; import 'pg'`,
  'lib/executors/in-process.executor.ts': `import '../core/job.js'`,
  'lib/nest/module.ts': `import '../engine/loop.js'; import '../stores/memory/index.js';
     import '../executors/in-process.executor.js'; import '@nestjs/common'; import 'rxjs'`,
  'lib/index.ts': `export * from './nest/module.js'`,
  'sample/01/main.ts': `import 'nestjs-durable-scheduler'; import '@nestjs/core'`,
};

/** File, what it imports, and the rule against that. */
const REFUSED = [
  ['lib/core/a.ts', `import type { A } from '../engine/loop.js'`, 'what-core-may-import'],
  ['lib/core/b.ts', `import type { A } from 'rxjs'`, 'what-core-may-import'],
  ['lib/core/c.ts', `export type { A } from 'cron-parser'`, 'what-core-may-import'],
  ['lib/core/d.ts', `export const a = import('zod')`, 'what-core-may-import'],
  ['lib/triggers/a.ts', `import '../engine/loop.js'`, 'what-triggers-may-import'],
  ['lib/triggers/b.ts', `import 'zod'`, 'what-triggers-may-import'],
  ['lib/engine/a.ts', `import '../stores/memory/index.js'`, 'what-engine-may-import'],
  ['lib/engine/b.ts', `import '@nestjs/common'`, 'what-engine-may-import'],
  ['lib/engine/c.ts', `import type { A } from 'pg'`, 'what-engine-may-import'],
  ['lib/engine/d.ts', `import 'rxjs'`, 'what-engine-may-import'],
  ['lib/stores/memory/a.ts', `import '../../engine/loop.js'`, 'what-stores-memory-may-import'],
  ['lib/stores/typeorm/a.ts', `import '@nestjs/common'`, 'what-stores-typeorm-may-import'],
  ['lib/stores/typeorm/b.ts', `import '../memory/index.js'`, 'what-stores-typeorm-may-import'],
  [
    'lib/executors/in-process.a.ts',
    `import '../nest/module.js'`,
    'what-executors-in-process-may-import',
  ],
  ['lib/nest/a.ts', `import '../stores/typeorm/index.js'`, 'what-nest-may-import'],
  ['lib/nest/b.ts', `import type { A } from 'typeorm'`, 'what-nest-may-import'],
  ['lib/nest/c.ts', `import '../../test/support/a.js'`, 'what-nest-may-import'],
  ['lib/a.ts', `import './stores/typeorm/index.js'`, 'what-the-root-entry-may-import'],
  ['lib/elsewhere/a.ts', `import '../core/job.js'`, 'every-folder-has-a-line'],
  ['sample/01/a.ts', `import '../../lib/core/job.js'`, 'samples-see-the-package-as-users-do'],
  ['test/unit/a.ts', `import type { A } from './a.js'`, 'no-circular-import'],
] as const;

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('the import rule', () => {
  let project: string;
  let violations: readonly Violation[];

  beforeAll(async () => {
    project = await mkdtemp(path.join(tmpdir(), 'import-rule-'));
    await symlink(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'));
    const refused = REFUSED.map(([file, text]) => [file, text] as const);
    const sources = { ...ALLOWED, ...Object.fromEntries(refused) };
    const targets = { 'lib/core/job.ts': '', 'test/support/a.ts': '', 'package.json': '{}' };
    for (const [file, text] of Object.entries({ ...sources, ...targets })) {
      await mkdir(path.dirname(path.join(project, file)), { recursive: true });
      await writeFile(path.join(project, file), text);
    }
    const cruise = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = path.join(ROOT, '.dependency-cruiser.js');
    const args = [cruise, 'lib', 'test', 'sample', '--config', config, '--output-type', 'json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: project,
      maxBuffer: 50_000_000,
    });
    violations = JSON.parse(stdout).summary.violations;
  });

  afterAll(() => rm(project, { recursive: true, force: true }));

  it.each(REFUSED)('refuses in %s: %s', (file, _text, rule) => {
    const found = violations.filter(({ from }) => from === file);

    expect(found.map((violation) => violation.rule.name)).toContain(rule);
  });

  it.each(Object.keys(ALLOWED))('has nothing against %s', (file) => {
    expect(violations.filter(({ from }) => from === file)).toEqual([]);
  });
});
