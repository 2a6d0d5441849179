import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { blocks, complete, README, ROOT } from './snippets.js';

// The compiler reads the library and its peers.
jest.setTimeout(120_000);

describe('The README', () => {
  let project: string;
  const snippets = blocks('ts');

  beforeAll(async () => {
    project = await makeProject();
    await writeFile(
      path.join(project, 'tsconfig.json'),
      JSON.stringify({ extends: path.join(ROOT, 'tsconfig.json'), include: ['*.ts'] }),
    );
    await Promise.all(
      snippets.map((text, index) =>
        writeFile(path.join(project, `snippet-${index + 1}.ts`), complete(text)),
      ),
    );
  });

  afterAll(async () => {
    await rm(project, { recursive: true, force: true });
  });

  it('has snippets that the compiler accepts, all of them', async () => {
    expect(snippets.length).toBeGreaterThan(5);
    expect(await compile(project)).toBe('');
  });

  it('would not get away with one that is wrong', async () => {
    const wrong = path.join(project, 'wrong.ts');
    await writeFile(wrong, complete("await scheduler.addJob({ handler: 'a', trigger: 5 });"));
    expect(await compile(project)).toMatch(/^wrong\.ts\(.* error TS/);
    await rm(wrong);
  });

  it('tells how to see it work and how to test it', () => {
    expect(blocks('sh')).toEqual(
      expect.arrayContaining(['npm ci && npm run demo\n', 'npm ci && npm test\n']),
    );
  });

  it('links to files that exist, and is short', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links).not.toHaveLength(0);
    expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
    expect(README.split('\n').length).toBeLessThanOrEqual(251);
  });
});

describe('The example in the README', () => {
  let database: TestDatabase;
  let project: string;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    database = await createDatabase();
    project = await makeProject();
  });

  afterAll(async () => {
    child?.kill('SIGKILL');
    await database?.drop();
    await rm(project, { recursive: true, force: true });
  });

  it('prints what stands below it', async () => {
    const [example = ''] = blocks('ts');
    const [output = ''] = blocks('');
    const file = path.join(project, 'example.ts');
    await writeFile(file, example);
    const expected = output.trim().split('\n').map(withoutTime);

    child = runModule(file, database.url);
    const printed = await outputOf(child, '"Welcome!" goes to me@example.com.');

    // How often the newsletter goes out before the mail depends on when the example is started.
    expect([...new Set(printed.map(withoutTime))]).toEqual([...new Set(expected)]);
  });
});

/** A directory in which a module finds what modules of this repository find. */
async function makeProject(): Promise<string> {
  const project = await mkdtemp(path.join(tmpdir(), 'readme-'));
  await symlink(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  await writeFile(path.join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  await copyFile(path.join(ROOT, '.swcrc'), path.join(project, '.swcrc'));
  return project;
}

async function compile(project: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', '.', '--noEmit'], { cwd: project });
    return '';
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

function runModule(file: string, databaseUrl: string): ChildProcess {
  const register = path.join(ROOT, 'test/support/typescript/register.js');
  return spawn(process.execPath, ['--import', register, file], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The lines that a process prints. It is ended, as Ctrl-C does it, when the last one has come. */
async function outputOf(child: ChildProcess, last: string): Promise<string[]> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.split('\n').includes(last)) {
      child.kill('SIGINT');
    }
  });
  await once(child, 'close');
  return text.trim().split('\n');
}

/** Without what is different in each run: process, date, duration. */
function withoutTime(line: string): string {
  return line
    .replace(/^\[Nest\] \d+ +- [^[]*LOG/, 'LOG')
    .replace(/ \+\d+ms$/, '')
    .replace(/next \S+$/, 'next');
}
