import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** What peers ask for at least: graphile-worker 0.18 and pg-boss 12. */
const NEEDED = { major: 22, minor: 18 };

/** Of long-term support, so that it is one that people run. */
const TAKEN = 'node@24';

const MARK = 'BENCHMARK_NODE_CHOSEN';

/**
 * Peers need a newer Node than the project. Where this one is too old, all is done by one that npm provides, ours
 * too, and this process only waits for it.
 *
 * @returns the exit code of the other process, or `null` when this Node will do
 */
export async function runOnNewerNode(): Promise<number | null> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) {
    return null;
  }
  const binary = process.env[MARK] === undefined ? findNewerNode() : null;
  if (binary === null) {
    process.stderr.write(
      `!! This is Node ${process.versions.node}, and npx could not provide ${TAKEN}: peers that need it are left out.\n`,
    );
    return null;
  }
  const child = spawn(binary, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: binary },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

function findNewerNode(): string | null {
  const { status, stdout } = spawnSync('npx', ['-y', TAKEN, '-p', 'process.execPath'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? stdout.trim() : null;
}
