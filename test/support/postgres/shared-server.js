import { createServer } from 'node:net';
import process from 'node:process';
import { ServerHandle } from './server-handle.js';

/** Where workers ask for the server of their Jest run. */
export const ADDRESS_VARIABLE = 'TEST_POSTGRES_ADDRESS';

/**
 * One Postgres server for a whole Jest run. It starts when the first spec asks for it, so that a run without database
 * tests does not pay for one.
 */
export class SharedServer {
  #handle = new LazyHandle();
  #door = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    this.#handle.url().then(
      (url) => socket.end(JSON.stringify({ url })),
      (error) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });

  async open() {
    await new Promise((resolve, reject) => {
      this.#door.once('error', reject);
      this.#door.listen(0, '127.0.0.1', () => resolve(undefined));
    });
    this.#door.unref();
    const address = /** @type {import('node:net').AddressInfo} */ (this.#door.address());
    process.env[ADDRESS_VARIABLE] = `${address.address}:${address.port}`;
  }

  async close() {
    await new Promise((resolve) => this.#door.close(resolve));
    await this.#handle.destroy();
  }
}

class LazyHandle {
  /** @type {ServerHandle | undefined} */
  #server;
  /** @type {Promise<string> | undefined} */
  #url;

  url() {
    this.#server ??= new ServerHandle();
    this.#url ??= this.#server.start();
    return this.#url;
  }

  async destroy() {
    await this.#server?.destroy();
  }
}
