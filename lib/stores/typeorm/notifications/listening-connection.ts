import type { Notification, PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { connectOwn } from '../connection/database.js';

/** What to do with what comes in on each channel. A channel's name needs no escaping within quotes. */
export type Channels = ReadonlyMap<string, (payload: string) => void>;

/** One connection that is held to listen on. */
export class ListeningConnection {
  private client: PoolClient | undefined;
  private over = false;

  private constructor(
    private readonly runner: QueryRunner,
    private readonly channels: Channels,
    private readonly onLost: (error: unknown) => void,
  ) {}

  /**
   * @param onLost called once, when the connection ends by itself
   * @throws whatever the driver throws
   */
  static async open(
    dataSource: DataSource,
    channels: Channels,
    onLost: (error: unknown) => void,
  ): Promise<ListeningConnection> {
    const opened = new ListeningConnection(dataSource.createQueryRunner(), channels, onLost);
    try {
      await opened.listen();
      return opened;
    } catch (error) {
      await opened.end();
      throw error;
    }
  }

  /**
   * Takes the wish to hear back: the connection goes back to the pool, and to a pooler the server's connection may have
   * gone long ago, where it would speak to whoever uses it next. This is the likeliest way to meet it again.
   */
  async unlisten(): Promise<void> {
    await this.send('unlisten').catch(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.over) {
      await this.end();
    }
  }

  private async listen(): Promise<void> {
    const client = await connectOwn(this.runner);
    this.client = client;
    client.on('notification', this.hear);
    client.once('error', this.lose);
    client.once('end', this.lose);
    await this.send('listen');
    if (this.over) {
      // In the very breath in which it was accepted.
      throw new Error('the connection ended');
    }
  }

  private async send(command: 'listen' | 'unlisten'): Promise<void> {
    const commands = [...this.channels.keys()].map((channel) => `${command} "${channel}"`);
    await this.client?.query(commands.join('; '));
  }

  private readonly hear = ({ channel, payload }: Notification): void => {
    this.channels.get(channel)?.(payload ?? '');
  };

  private readonly lose = (error?: Error): void => {
    if (!this.over) {
      void this.end();
      this.onLost(error ?? new Error('the connection ended'));
    }
  };

  private async end(): Promise<void> {
    this.over = true;
    this.client?.off('notification', this.hear);
    this.client?.off('error', this.lose);
    this.client?.off('end', this.lose);
    await this.runner.release();
  }
}
