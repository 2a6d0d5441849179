import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Without the `id`, which the handle adds.
 *
 * @typedef {{ task: 'start', options: import('./keeper.js').ServerOptions }
 *   | { task: 'stop', mode: 'fast' | 'immediate' }
 *   | { task: 'destroy' }} Task
 */

/**
 * The near end of a Postgres server: forks its keeper and talks to it.
 *
 * Plain JavaScript, because Jest's global set-up, which uses it too, is not transformed.
 */
export class ServerHandle {
  #lastId = 0;
  /** @type {Map<number, { resolve: (url: string) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #ended = false;
  /** @type {import('node:child_process').ChildProcess} */
  #keeper;

  constructor() {
    // Detached, so that Ctrl-C in the terminal reaches the tests first, and the keeper by their end.
    this.#keeper = fork(fileURLToPath(new URL('./keeper.js', import.meta.url)), [], {
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#keeper.on('message', (/** @type {import('./keeper.js').Reply} */ reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      this.#rest();
      if (reply.error === undefined) waiting?.resolve(reply.url ?? '');
      else waiting?.reject(new Error(`The test database failed. ${reply.error}`));
    });
    this.#keeper.on('exit', (code, signal) => {
      this.#ended = true;
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`The keeper of the test database ended with ${code ?? signal}.`));
      }
      this.#waiting.clear();
    });
    this.#rest();
  }

  /**
   * @param {import('./keeper.js').ServerOptions} [options]
   * @returns {Promise<string>} the URL of the database `postgres`
   */
  start(options = {}) {
    return this.#ask({ task: 'start', options });
  }

  /**
   * @param {'fast' | 'immediate'} mode
   */
  async stop(mode) {
    await this.#ask({ task: 'stop', mode });
  }

  /** Stops the server, deletes its directory and ends its keeper. */
  async destroy() {
    if (this.#ended) return;
    await this.#ask({ task: 'destroy' });
    const exit = new Promise((resolve) => this.#keeper.once('exit', resolve));
    this.#keeper.ref();
    this.#keeper.disconnect();
    await exit;
  }

  /**
   * @param {Task} task
   * @returns {Promise<string>}
   */
  #ask(task) {
    if (this.#ended) {
      return Promise.reject(new Error('The keeper of the test database has ended.'));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    this.#keeper.ref();
    this.#keeper.channel?.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#keeper.send({ ...task, id });
    });
  }

  /** A server at rest must not keep the process of the tests alive. */
  #rest() {
    if (this.#waiting.size > 0) return;
    this.#keeper.unref();
    this.#keeper.channel?.unref();
  }
}
