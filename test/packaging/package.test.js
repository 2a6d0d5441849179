/**
 * The package as its users get it: packed, installed into empty projects, loaded and type checked there.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConsumerProject, installedVersion, pack } from './consumer-project.js';
import { ENTRY_POINTS, OPTIONAL } from './entry-points.js';

const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

const REQUIRED_PEERS = ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs'];
const OPTIONAL_PEERS = ['pg', 'typeorm'];
const FOR_TYPES = ['typescript', '@types/node', '@types/pg'];

/** @param {string} entry `./triggers` -> `nestjs-durable-scheduler/triggers` */
const specifier = (entry) => manifest.name + entry.slice(1);

/** @param {string[]} names */
const asInstalledHere = (names) =>
  Promise.all(names.map(async (name) => `${name}@${await installedVersion(name)}`));

/** @type {string} */
let directory;
/** @type {import('./consumer-project.js').Tarball} */
let tarball;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'packed-'));
  tarball = await pack(directory);
});

after(() => rm(directory, { recursive: true, force: true }));

/**
 * @param {ConsumerProject} project
 * @param {string} entry
 */
const imported = (project, entry) =>
  project.evaluate(`report(Object.keys(await import('${specifier(entry)}')))`, 'module');

/**
 * @param {ConsumerProject} project
 * @param {string} entry
 */
const required = (project, entry) =>
  project.evaluate(`report(Object.keys(require('${specifier(entry)}')))`, 'commonjs');

/**
 * @param {ConsumerProject} project
 * @param {string} entry
 */
async function assertLoads(project, entry) {
  const names = await imported(project, entry);
  for (const name of ENTRY_POINTS[entry] ?? []) {
    assert.ok(names.includes(name), `${specifier(entry)} does not export ${name}`);
  }
  // Under require, Node adds a marker of its own to some ES modules.
  const same = (await required(project, entry)).filter(
    (/** @type {string} */ name) => name !== '__esModule',
  );
  assert.deepEqual(same.sort(), names.sort());
}

describe('the tarball', () => {
  it('holds the build and the papers, and nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    const others = tarball.contents.filter((file) => !/^dist\/.*\.(js|d\.ts|js\.map)$/.test(file));
    assert.deepEqual(others.sort(), papers.sort());
  });

  it('holds no test', () => {
    assert.deepEqual(
      tarball.contents.filter((file) => /(^|\/)(test|sample)s?\/|\.(spec|test)\./.test(file)),
      [],
    );
  });

  it('holds what the exports map names', () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    for (const target of targets) assert.ok(tarball.contents.includes(target.slice(2)), target);
  });

  it('has every entry point that this test knows, and no other', () => {
    const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
    assert.deepEqual(entries.sort(), Object.keys(ENTRY_POINTS).sort());
  });
});

describe('in a project with the optional peers', () => {
  /** @type {ConsumerProject} */
  let project;

  before(async () => {
    const packages = await asInstalledHere([...REQUIRED_PEERS, ...OPTIONAL_PEERS, ...FOR_TYPES]);
    project = await ConsumerProject.create(tarball, packages);
  });

  after(() => project?.remove());

  for (const entry of Object.keys(ENTRY_POINTS)) {
    it(`${specifier(entry)} loads by import and by require, with the same names`, () =>
      assertLoads(project, entry));
  }

  it('gives its package.json', async () => {
    const found = await project.evaluate(
      `report(require('${manifest.name}/package.json').version)`,
      'commonjs',
    );
    assert.equal(found, manifest.version);
  });

  for (const entry of Object.keys(ENTRY_POINTS).filter((each) => !(each in OPTIONAL))) {
    it(`${specifier(entry)} does not load an optional peer`, async () => {
      const loaded = await project.evaluate(
        `import { createRequire, register } from 'node:module';
         import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
         const { port1, port2 } = new MessageChannel();
         const hook = \`let port; export const initialize = (data) => { port = data; };
           export const load = (url, context, next) => { port.postMessage(url); return next(url, context); };\`;
         register('data:text/javascript,' + encodeURIComponent(hook),
           { data: port2, transferList: [port2] });
         await import('${specifier(entry)}');
         // At the end, so that what the entry point loads later is seen too.
         process.once('beforeExit', () => {
           const urls = Object.keys(createRequire(import.meta.url).cache);
           for (let each; (each = receiveMessageOnPort(port1)); ) urls.push(each.message);
           report(urls);
         });`,
        'module',
      );
      assert.ok(
        loaded.some((/** @type {string} */ url) => url.includes(`/${manifest.name}/dist/`)),
      );
      const peers = new RegExp(`/node_modules/(${OPTIONAL_PEERS.join('|')})/`);
      assert.deepEqual(
        loaded.filter((/** @type {string} */ url) => peers.test(url)),
        [],
      );
    });
  }

  it('type checks as an ES module', async () => {
    assert.deepEqual(await project.typeErrors('application.ts', 'application.mts'), []);
    assert.deepEqual(await project.typeErrors('postgres.ts', 'postgres.mts'), []);
  });

  it('type checks as CommonJS', async () => {
    assert.deepEqual(await project.typeErrors('application.ts', 'application.cts'), []);
    assert.deepEqual(await project.typeErrors('postgres.ts', 'postgres.cts'), []);
  });
});

describe('in a project without the optional peers', () => {
  /** @type {ConsumerProject} */
  let project;

  before(async () => {
    const packages = await asInstalledHere([...REQUIRED_PEERS, 'typescript', '@types/node']);
    project = await ConsumerProject.create(tarball, packages);
  });

  after(() => project?.remove());

  for (const entry of Object.keys(ENTRY_POINTS)) {
    const peer = /** @type {Record<string, string>} */ (OPTIONAL)[entry];
    if (peer) {
      it(`${specifier(entry)} says that ${peer} is missing`, async () => {
        await assert.rejects(imported(project, entry), new RegExp(`'${peer}'`));
        await assert.rejects(required(project, entry), new RegExp(`'${peer}'`));
      });
    } else {
      it(`${specifier(entry)} loads`, () => assertLoads(project, entry));
    }
  }

  it('type checks', async () => {
    assert.deepEqual(await project.typeErrors('application.ts', 'application.mts'), []);
  });
});

describe('in a project with the oldest peers', () => {
  /** @type {ConsumerProject} */
  let project;

  before(async () => {
    const oldest = ['@nestjs/common@11', '@nestjs/core@11', 'typeorm@0.3'];
    const others = ['reflect-metadata', 'rxjs', 'pg', ...FOR_TYPES];
    project = await ConsumerProject.create(tarball, [
      ...oldest,
      ...(await asInstalledHere(others)),
    ]);
  });

  after(() => project?.remove());

  for (const entry of Object.keys(ENTRY_POINTS)) {
    it(`${specifier(entry)} loads`, () => assertLoads(project, entry));
  }

  it('type checks', async () => {
    assert.deepEqual(await project.typeErrors('application.ts', 'application.mts'), []);
    assert.deepEqual(await project.typeErrors('postgres.ts', 'postgres.mts'), []);
  });
});
