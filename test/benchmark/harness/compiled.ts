import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** From there, what is compiled finds the packages of the project, and nobody else looks. */
const CACHE = join(ROOT, 'node_modules', '.cache');

/**
 * The project and the contestants as JavaScript. Compiling each file as it is loaded would cost every process memory
 * and a second, which no application pays.
 */
export class Compiled {
  private constructor(private readonly folder: string) {}

  static make(): Compiled {
    mkdirSync(CACHE, { recursive: true });
    const folder = mkdtempSync(join(CACHE, 'benchmark-'));
    const compiled = new Compiled(folder);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status } = spawnSync(
      process.execPath,
      [compiler, '-p', 'tsconfig.benchmark.json', '--outDir', folder],
      { cwd: ROOT, stdio: ['ignore', 2, 'inherit'] },
    );
    if (status !== 0) {
      compiled.remove();
      throw new Error('The project does not compile.');
    }
    return compiled;
  }

  /** Where a file is, by its path from the root of the project. */
  url(path: string): URL {
    return pathToFileURL(join(this.folder, path));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
