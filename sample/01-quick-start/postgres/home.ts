import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Account } from './account.js';
import { canEnter, giveTo } from './account.js';

/**
 * Where Postgres keeps its files: in `directory`, or, if its account has no way in there, in a temporary directory
 * whose name is remembered in `directory`.
 */
export async function findHome(directory: string, account: Account): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await giveTo(directory, account);
  return canEnter(directory, account) ? directory : findOutside(directory, account);
}

async function findOutside(directory: string, account: Account): Promise<string> {
  const note = path.join(directory, 'is-in');
  const known = existsSync(note) ? await readFile(note, 'utf8') : '';
  if (known !== '' && existsSync(known)) {
    return known;
  }
  const home = await mkdtemp(path.join(tmpdir(), 'durable-scheduler-quick-start-'));
  await giveTo(home, account);
  await writeFile(note, home);
  return home;
}
