import { spawnSync } from 'node:child_process';

/** Debian has it where the paths of ordinary users do not lead. */
const CANDIDATES = ['pgbouncer', '/usr/sbin/pgbouncer'];

interface Installed {
  readonly program: string;
  /** As in "1.24.1"; empty when there is none. */
  readonly version: string;
}

/** The PgBouncer of this machine, or the one that the variable PGBOUNCER names. */
export const PGBOUNCER: Installed = find(
  process.env['PGBOUNCER'] === undefined ? CANDIDATES : [process.env['PGBOUNCER']],
);

/** Looking after prepared statements came with version 1.21. */
export const keepsPreparedStatements = atLeast(PGBOUNCER.version, [1, 21]);

function find(candidates: readonly string[]): Installed {
  for (const program of candidates) {
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0) {
      return { program, version: /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? '0' };
    }
  }
  return { program: 'pgbouncer', version: '' };
}

function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
