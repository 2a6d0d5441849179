import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/**
 * @typedef {object} Tarball
 * @property {string} file
 * @property {string[]} contents paths inside the package
 */

/**
 * @param {string} directory
 * @returns {Promise<Tarball>}
 */
export async function pack(directory) {
  const args = ['pack', '--json', '--foreground-scripts=false', '--pack-destination', directory];
  const { stdout } = await run(npm, [...args, ...QUIET], { cwd: ROOT });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  return {
    file: path.join(directory, packed.filename),
    contents: packed.files.map((/** @type {{ path: string }} */ file) => file.path),
  };
}

/** The version of a package that this checkout has installed, so that npm finds it in its cache. */
export async function installedVersion(/** @type {string} */ name) {
  const text = await readFile(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return JSON.parse(text).version;
}

/**
 * A place for empty projects. Node looks for packages in the directories above too, where those of somebody else would
 * hide what is missing.
 */
function emptySurroundings() {
  const places = [tmpdir(), '/var/tmp', homedir()];
  const empty = places.find((place) => existsSync(place) && !hasPackagesAbove(place));
  if (!empty) {
    throw new Error(
      `There is a node_modules in or above each of ${places.join(', ')}. Set TMPDIR.`,
    );
  }
  return empty;
}

/**
 * @param {string} directory
 * @returns {boolean}
 */
function hasPackagesAbove(directory) {
  if (existsSync(path.join(directory, 'node_modules'))) return true;
  const above = path.dirname(directory);
  return above !== directory && hasPackagesAbove(above);
}

/** A project of somebody who uses the package: an empty directory with nothing but what it installs. */
export class ConsumerProject {
  /** @param {string} directory */
  constructor(directory) {
    this.directory = directory;
  }

  /**
   * @param {Tarball} tarball
   * @param {string[]} packages as npm install takes them
   */
  static async create(tarball, packages) {
    const project = new ConsumerProject(await mkdtemp(path.join(emptySurroundings(), 'consumer-')));
    try {
      await project.write('package.json', JSON.stringify({ name: 'consumer', private: true }));
      const args = ['install', '--prefer-offline', '--ignore-scripts', ...QUIET];
      await run(npm, [...args, tarball.file, ...packages], { cwd: project.directory });
      return project;
    } catch (error) {
      await project.remove();
      throw error;
    }
  }

  /**
   * @param {string} file
   * @param {string} text
   */
  async write(file, text) {
    const target = path.join(this.directory, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  /**
   * Runs a program in a process of its own.
   *
   * @param {string} program source text
   * @param {'module' | 'commonjs'} type
   * @returns {Promise<any>} what it passes to `report()`
   */
  async evaluate(program, type) {
    const file = type === 'module' ? 'program.mjs' : 'program.cjs';
    await this.write(file, `const report = (v) => console.log(JSON.stringify(v));\n${program}`);
    const { stdout } = await run(process.execPath, [file], { cwd: this.directory });
    return JSON.parse(stdout);
  }

  /**
   * Type checks a source file of `test/packaging/consumer/` in this project, with the declarations of the libraries
   * checked too.
   *
   * @param {string} source
   * @param {string} as the file's name there, whose ending says which module system it uses
   * @returns {Promise<string[]>} errors in that file or in the package. Those of other packages are not ours to mend.
   */
  async typeErrors(source, as) {
    const from = fileURLToPath(new URL(`./consumer/${source}`, import.meta.url));
    await cp(from, path.join(this.directory, as));
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      noEmit: true,
      types: ['node'],
    };
    await this.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [as] }));
    const tsc = path.join('node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, '--pretty', 'false'];
    const output = await run(process.execPath, args, { cwd: this.directory }).catch(
      (error) => error,
    );
    const errors = String(output.stdout).split('\n');
    return errors.filter((line) =>
      /^(?!node_modules\/(?!nestjs-durable-scheduler\/)).*error TS/.test(line),
    );
  }

  async remove() {
    await rm(this.directory, { recursive: true, force: true });
  }
}
