/**
 * A process of its own that keeps one Postgres server for a test process.
 *
 * It runs apart from its parent, and lives as long as the channel to it: when the parent ends, however it ends, the
 * keeper stops the server and deletes its directory. So nothing is left behind by a test run that was interrupted.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { chooseAccount, findBinaries, withinReach } from './binaries.js';

/**
 * @typedef {{ settings?: Record<string, string | number> }} ServerOptions
 * @typedef {{ id: number, task: 'start', options: ServerOptions }
 *   | { id: number, task: 'stop', mode: 'fast' | 'immediate' }
 *   | { id: number, task: 'destroy' }} Request
 * @typedef {{ id: number, url?: string, error?: string }} Reply
 */

const USER = 'postgres';
const PASSWORD = randomBytes(12).toString('hex');

/** Below the range from which systems take the ports of outgoing connections, so that a stopped server finds its port free. */
const PORTS = { from: 20_000, to: 32_000 };
const PORT_TRIES = 10;

/** A standby says that it only reads. */
const READY = /database system is ready to accept (read-only |read only )?connections/;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const LOG_CHARACTERS = 4_000;

const SIGNALS = /** @type {const} */ ({ fast: 'SIGINT', immediate: 'SIGQUIT' });

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Several Jest workers share one server, each with a few pools.
  max_connections: 300,
  timezone: 'UTC',
};

/** @type {string | undefined} */
let directory;
/** @type {Awaited<ReturnType<typeof prepare>> | undefined} */
let cluster;
/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let port = 0;
let log = '';

/**
 * Makes the directory and an empty database cluster in it.
 */
async function prepare() {
  const account = chooseAccount();
  directory = await mkdtemp(path.join(tmpdir(), 'durable-scheduler-postgres-'));
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(directory, account.uid, account.gid);
  }
  const binaries = await withinReach(await findBinaries(), account, directory);
  const passwordFile = path.join(directory, 'password');
  await writeFile(passwordFile, PASSWORD);
  const data = path.join(directory, 'data');
  const made = { account, binaries, data, directory };
  const initdb = run(made, binaries.initdb, [
    `--pgdata=${data}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=password',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  if ((await exitOf(initdb)) !== 0) throw new Error(`initdb failed:\n${log}`);
  return made;
}

/**
 * @param {ServerOptions} options
 */
async function start(options) {
  if (running) throw new Error('The Postgres server is running already.');
  cluster ??= await prepare();
  if (port !== 0) {
    await launch(cluster, port, options);
  } else {
    port = await launchSomewhere(cluster, options);
  }
  return `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`;
}

/**
 * A port that was free a moment ago may be taken by now; then another one is tried.
 *
 * @param {NonNullable<typeof cluster>} made
 * @param {ServerOptions} options
 */
async function launchSomewhere(made, options) {
  for (let attempt = 1; ; attempt += 1) {
    const candidate = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if (!(await isFree(candidate))) continue;
    try {
      await launch(made, candidate, options);
      return candidate;
    } catch (error) {
      if (attempt === PORT_TRIES || !log.includes('Address already in use')) throw error;
    }
  }
}

/**
 * @param {NonNullable<typeof cluster>} made
 * @param {number} onPort
 * @param {ServerOptions} options
 */
async function launch(made, onPort, options) {
  const settings = { ...SETTINGS, ...options.settings, port: onPort };
  const server = run(made, made.binaries.postgres, [
    '-D',
    made.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ what) => reject(new Error(`${what}\n${log}`));
    const timeout = setTimeout(
      () => fail(`Postgres was not ready after ${START_TIMEOUT_MS / 1000} s.`),
      START_TIMEOUT_MS,
    );
    server.stderr?.on('data', () => {
      if (READY.test(log)) resolve(undefined);
    });
    void exitOf(server).then((code) => fail(`Postgres ended with ${code} before it was ready.`));
    server.once('exit', () => clearTimeout(timeout));
    server.stderr?.once('close', () => clearTimeout(timeout));
  });
}

/**
 * @param {'fast' | 'immediate'} mode
 */
async function stop(mode) {
  if (!running) return;
  const server = running;
  const exit = exitOf(server);
  server.kill(SIGNALS[mode]);
  const last = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exit;
  clearTimeout(last);
}

async function destroy() {
  await stop('immediate');
  if (directory) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  directory = undefined;
}

/**
 * Starts a program as the account of the cluster. One at a time: `running` is what must be stopped at the end.
 *
 * @param {{ account: import('./binaries.js').Account, directory: string }} within
 * @param {string} program
 * @param {string[]} args
 */
function run(within, program, args) {
  log = '';
  const child = spawn(program, args, {
    ...within.account,
    cwd: within.directory,
    // Settings such as PGDATA or LC_ALL of whoever runs the tests must not reach the server.
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running = child;
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    log = (log + text).slice(-LOG_CHARACTERS);
  });
  void exitOf(child).then(() => {
    if (running === child) running = undefined;
  });
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number | string>}
 */
function exitOf(child) {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
    child.once('error', (error) => {
      log += String(error);
      resolve(String(error));
    });
  });
}

/**
 * @param {number} candidate
 * @returns {Promise<boolean>}
 */
function isFree(candidate) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(candidate, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * @param {Request} request
 * @returns {Promise<string | undefined>}
 */
async function perform(request) {
  switch (request.task) {
    case 'start':
      return start(request.options);
    case 'stop':
      await stop(request.mode);
      return undefined;
    case 'destroy':
      await destroy();
      return undefined;
  }
}

async function leave() {
  try {
    await destroy();
  } finally {
    process.exit();
  }
}

/** @type {Promise<void>} */
let queue = Promise.resolve();
process.on('message', (/** @type {Request} */ request) => {
  queue = queue.then(async () => {
    /** @type {Reply} */
    let reply;
    try {
      const url = await perform(request);
      reply = { id: request.id, ...(url === undefined ? {} : { url }) };
    } catch (error) {
      reply = { id: request.id, error: error instanceof Error ? error.message : String(error) };
    }
    if (process.connected) process.send?.(reply);
  });
});
for (const end of ['disconnect', 'SIGTERM', 'SIGINT']) process.on(end, () => void leave());
// The last net, for an error in this file: whatever happens, no server outlives its keeper.
process.on('exit', () => {
  running?.kill('SIGQUIT');
  if (directory) rmSync(directory, { recursive: true, force: true });
});
