import { execFileSync, spawnSync } from 'node:child_process';
import { chown } from 'node:fs/promises';

/** Who Postgres runs as; empty for the user who started the demo. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Postgres refuses to run as root. The first of these that the machine has lends its name. */
const INSTEAD_OF_ROOT = ['postgres', 'nobody'];

export function chooseAccount(): Account {
  if (process.getuid?.() !== 0) {
    return {};
  }
  for (const name of INSTEAD_OF_ROOT) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid !== null && gid !== null) {
      return { uid, gid };
    }
  }
  throw new Error(
    `Postgres does not run as root, and this machine has none of the users ${INSTEAD_OF_ROOT.join(', ')}. ` +
      'Add one of them, or start the demo as another user.',
  );
}

/** Whether the account gets to a directory: others have no way into the home of root. */
export function canEnter(directory: string, account: Account): boolean {
  return (
    account.uid === undefined ||
    spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], { ...account, cwd: '/' }).status === 0
  );
}

export async function giveTo(file: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) {
    await chown(file, uid, gid);
  }
}

function idOf(which: '-u' | '-g', name: string): number | null {
  try {
    return Number(execFileSync('id', [which, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}
