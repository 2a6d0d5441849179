import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/cluster/until.js';
import { createDatabase, type TestDatabase } from '../../support/postgres/index.js';
import type { EndSettings } from './end-settings.js';

const REGISTER = fileURLToPath(new URL('../../support/typescript/register.js', import.meta.url));
const PROGRAM = fileURLToPath(new URL('./ends.ts', import.meta.url));

/** How long a process may take to end after it has closed its application, or was told to. */
const SECONDS_MS = 4000;

describe('A process that closes its application', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
  });

  afterAll(async () => {
    await database.drop();
  });

  /** Without a channel to the test, which would keep it. */
  function launch(settings: EndSettings) {
    const child = spawn(process.execPath, [
      '--import',
      REGISTER,
      PROGRAM,
      JSON.stringify(settings),
    ]);
    const seen = { output: '', end: undefined as string | number | null | undefined };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (seen.output += text));
    }
    child.on('exit', (code, signal) => (seen.end = signal ?? code));
    const says = async (word: string): Promise<void> => {
      await until(`it says ${word}`, () => {
        if (seen.end !== undefined && !seen.output.includes(word)) {
          throw new Error(`It ended with ${seen.end}:\n${seen.output}`);
        }
        return seen.output.includes(word);
      });
    };
    const ends = () =>
      until('it ends', () => seen.end !== undefined, { within: SECONDS_MS }).then(() => seen.end);
    return { child, seen, says, ends };
  }

  it.each(['memory', 'postgres'])('ends by itself, with jobs in %s', async (kind) => {
    const app = launch({ url: kind === 'memory' ? null : database.url, closes: true });
    try {
      await app.says('closed');
      expect(await app.ends()).toBe(0);
      expect(app.seen.output).toBe('closing\nclosed\n');
    } finally {
      app.child.kill('SIGKILL');
    }
  });

  it.each(['memory', 'postgres'])('ends when it is told to, with jobs in %s', async (kind) => {
    const app = launch({ url: kind === 'memory' ? null : database.url, closes: false });
    try {
      await app.says('waiting');
      app.child.kill('SIGTERM');
      expect(await app.ends()).toBe('SIGTERM');
      expect(app.seen.output).toBe('waiting\n');
    } finally {
      app.child.kill('SIGKILL');
    }
  });

  it('tells jobs to stop when it is told twice to end', async () => {
    const app = launch({ url: database.url, closes: false, endless: true });
    try {
      await app.says('waiting');
      app.child.kill('SIGTERM');
      await until('its job is told to stop', () => {
        app.child.kill('SIGTERM');
        return app.seen.output.includes('aborted');
      });
      expect(await app.ends()).toBe('SIGTERM');
      expect(app.seen.output).toContain('Told once more to end');
    } finally {
      app.child.kill('SIGKILL');
    }
  });
});
