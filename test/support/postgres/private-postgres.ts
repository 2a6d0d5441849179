import { ServerHandle } from './server-handle.js';

export interface PrivatePostgresOptions {
  /** Server settings by name, as in postgresql.conf: `{ max_connections: 20 }`. They hold for restarts too. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/**
 * A Postgres server that belongs to one spec, which may stop and restart it: for outages and crashes. For anything else
 * `createDatabase()` is quicker.
 *
 * @example
 * const server = await PrivatePostgres.start();
 * await server.stop('immediate');
 * await server.start();
 * await server.destroy();
 */
export class PrivatePostgres {
  private constructor(
    private readonly handle: ServerHandle,
    private readonly options: PrivatePostgresOptions,
    /** Connection URL of the database `postgres`. It stays the same over restarts. */
    readonly url: string,
  ) {}

  static async start(options: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
    const handle = new ServerHandle();
    try {
      return new PrivatePostgres(handle, options, await handle.start(options));
    } catch (error) {
      await handle.destroy();
      throw error;
    }
  }

  /**
   * Returns when the server process has ended. `fast` ends open connections in an orderly way; `immediate` is a crash,
   * after which `start()` recovers what was committed.
   */
  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    await this.handle.stop(mode);
  }

  /** Starts the stopped server again, on the same port and data. Returns when it accepts connections. */
  async start(): Promise<void> {
    await this.handle.start(this.options);
  }

  /** Stops the server and deletes its data. */
  async destroy(): Promise<void> {
    await this.handle.destroy();
  }
}
